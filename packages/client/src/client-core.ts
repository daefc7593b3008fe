import { fail, wireNames, type Clock, type Contract, type MillraceError, type Random } from '@millrace/contract'
import type { ClientOptions } from './client-options.ts'
import type { ClientState } from './client-state.ts'
import { Connection } from './connection.ts'
import { fetchCredentials } from './credentials.ts'
import type { Host } from './host.ts'
import { Listeners, type Off } from './listeners.ts'
import { NamespaceCore } from './namespace-core.ts'
import { Requests } from './requests.ts'
import type { Transport } from './transport.ts'
import { readWireError, toError } from './wire-failure.ts'

/** Tells when the machine may have slept, or the network is back. */
export interface Wake {
  subscribe(woke: () => void): Off
}

export interface ClientParts {
  readonly transport: Transport
  readonly clock: Clock
  readonly random: Random
  readonly wake?: Wake | undefined
}

/** One client of one server; `Client` is the type that the application holds. */
export class ClientCore {
  readonly #options: ClientOptions
  readonly #listeners: Listeners
  readonly #host: Host
  readonly #connection: Connection
  readonly #namespaces = new Map<string, NamespaceCore>()
  #unsubscribe: Off | undefined
  #wake: Wake | undefined
  #protocolErrors = 0

  constructor(options: ClientOptions, { transport, clock, random, wake }: ClientParts) {
    this.#options = options
    this.#wake = wake
    const report = (thrown: unknown) => {
      try {
        options.onError?.(toError(thrown))
      } catch {
        // There is nobody left to tell.
      }
    }
    this.#listeners = new Listeners(report)
    const { maxAttempts = Infinity, minDelayMs = 500, maxDelayMs = 20_000 } = options.reconnect ?? {}
    const { maxRequests = 1_000, maxBytes = 4_000_000 } = options.outbox ?? {}
    const reconnect = { maxAttempts, minDelayMs, maxDelayMs }
    this.#host = {
      clock,
      random,
      report,
      requests: new Requests(clock, { maxRequests, maxBytes }),
      clientId: random.id(),
      requestTimeoutMs: options.requestTimeoutMs ?? 10_000,
      backoff: reconnect,
      start: () => this.#start(),
      protocolError: (message) => {
        this.#protocolErrors += 1
        report(fail('INTERNAL', message))
      },
    }
    this.#connection = new Connection(
      { transport, clock, random, backoff: reconnect, report },
      {
        auth: options.auth,
        reconnect,
        connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
        transports: options.transports ?? ['websocket', 'polling'],
      },
      (state) => this.#changed(state),
    )
  }

  get state(): ClientState {
    return this.#connection.state
  }

  /** How often what the server sent did not continue what came before it. Each time the client recovered. */
  get protocolErrors(): number {
    return this.#protocolErrors
  }

  onState(listener: (state: ClientState) => unknown): Off {
    return this.#listeners.add('state', listener as never)
  }

  use(contract: Contract): NamespaceCore {
    const known = this.#namespaces.get(contract.namespace)
    if (known?.contract === contract) return known
    if (known) throw new Error(`another contract uses the namespace ${contract.namespace} already; give one of the two another`)
    const namespace = new NamespaceCore(this.#host, contract)
    this.#namespaces.set(contract.namespace, namespace)
    this.#connection.add(namespace)
    return namespace
  }

  /** Resolves when connected; rejects where the client gives up or is closed. Begins again after it gave up. */
  connect(): Promise<void> {
    if (this.#namespaces.size === 0) return Promise.reject(fail('DISCONNECTED', 'there is nothing to connect to; call use(contract) first'))
    if (this.state.state === 'connected') return Promise.resolve()
    return new Promise((resolve, reject) => {
      const settle = (state: ClientState) => {
        const isOver = state.state === 'gave-up' || state.state === 'closed'
        if (!isOver && state.state !== 'connected') return
        off()
        if (isOver) reject(this.#unreachable() ?? fail('DISCONNECTED', 'the client is closed'))
        else resolve()
      }
      const off = this.onState(settle)
      if (this.state.state === 'closed') return settle(this.state)
      this.#wakeUp()
      this.#connection.start()
    })
  }

  /** Calls `auth` and hands the new credentials to the server, so that the connection outlives the old ones. */
  async renewAuth(): Promise<void> {
    const [lane] = this.#namespaces.keys()
    const unreachable = this.#start()
    if (unreachable) throw unreachable
    if (lane === undefined) return
    const auth = await fetchCredentials(this.#options.auth)
    const { requests, random, requestTimeoutMs } = this.#host
    const answer = await requests.send({
      lane,
      bytes: 0,
      what: 'renewal of credentials',
      name: wireNames.auth,
      input: undefined,
      isEvent: false,
      isRead: true,
      key: random.id(),
      timeoutMs: requestTimeoutMs,
      signal: undefined,
      encode: () => ({ auth }),
    })
    if (!answer.ok) throw readWireError(answer.error, 'the new credentials were refused')
  }

  /** Leaves everything. What waits for an answer ends as `DISCONNECTED`, or `OUTCOME_UNKNOWN` where it was sent. */
  close(): Promise<void> {
    this.#connection.close()
    return Promise.resolve()
  }

  #start(): MillraceError | undefined {
    const unreachable = this.#unreachable()
    if (unreachable) return unreachable
    this.#wakeUp()
    this.#connection.start()
    return undefined
  }

  #wakeUp(): void {
    this.#unsubscribe ??= this.#wake?.subscribe(() => this.#connection.woke())
  }

  #unreachable(): MillraceError | undefined {
    if (this.state.state === 'closed') return fail('DISCONNECTED', 'the client is closed; create another one')
    if (this.state.state !== 'gave-up') return undefined
    return fail('DISCONNECTED', `the client gave up: ${this.state.reason.message}; call connect() to try again`)
  }

  #changed(state: ClientState): void {
    const error = this.#unreachable()
    if (error) {
      this.#unsubscribe?.()
      this.#unsubscribe = undefined
      this.#host.requests.abandon('DISCONNECTED', state.state === 'closed' ? 'was cut off by close()' : 'was cut off, since the client gave up,')
      for (const namespace of this.#namespaces.values()) namespace.unreachable(error)
    }
    this.#listeners.call('state', state)
  }
}
