import { fail, wireNames, type Clock, type Contract, type Random } from '@millrace/contract'
import type { ClientOptions } from './client-options.ts'
import type { ClientState } from './client-state.ts'
import { Connection } from './connection.ts'
import { fetchCredentials } from './credentials.ts'
import type { Host } from './host.ts'
import { Listeners, type Off } from './listeners.ts'
import { NamespaceCore } from './namespace-core.ts'
import { Requests } from './requests.ts'
import type { Visibility } from './series/visibility.ts'
import { sendOn } from './submit.ts'
import type { Transport } from './transport.ts'
import { unwrap } from './outcome.ts'

/** Tells when the machine may have slept, or the network is back. */
export interface Wake {
  subscribe(woke: () => void): Off
}

export interface ClientParts {
  readonly transport: Transport
  readonly clock: Clock
  readonly random: Random
  readonly wake?: Wake | undefined
  /** Whether the page is seen, for views of series. Default: that of the document, where there is one. */
  readonly visibility?: Visibility | undefined
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

  constructor(options: ClientOptions, { transport, clock, random, wake, visibility }: ClientParts) {
    this.#options = options
    this.#wake = wake
    const report = (thrown: unknown) => {
      try {
        options.onError?.(thrown instanceof Error ? thrown : new Error(String(thrown)))
      } catch {
        // There is nobody left to tell.
      }
    }
    this.#listeners = new Listeners(report)
    const { maxAttempts = Infinity, minDelayMs = 500, maxDelayMs = 20_000 } = options.reconnect ?? {}
    const { maxRequests = 1_000, maxBytes = 4_000_000 } = options.outbox ?? {}
    const { requestTimeoutMs = 10_000, connectTimeoutMs = 5_000, transports = ['websocket', 'polling'] } = options
    const reconnect = { maxAttempts, minDelayMs, maxDelayMs }
    this.#host = {
      clock,
      random,
      report,
      requests: new Requests(clock, requestTimeoutMs, { maxRequests, maxBytes }),
      clientId: random.id(),
      visibility,
      backoff: reconnect,
      start: () => this.#start(),
      protocolError: (message) => {
        this.#protocolErrors += 1
        report(fail('INTERNAL', message))
      },
    }
    this.#connection = new Connection(
      { transport, clock, report, random, auth: options.auth, reconnect, connectTimeoutMs, transports },
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
    if (known) throw new Error(`another contract has the namespace ${contract.namespace}; rename one`)
    const namespace = new NamespaceCore(this.#host, contract)
    this.#namespaces.set(contract.namespace, namespace)
    this.#connection.add(namespace)
    return namespace
  }

  /** Resolves when connected; rejects where the client gives up or is closed. Begins again after it gave up. */
  connect(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        const fault = this.#namespaces.size === 0 ? nothingUsed : this.#fault()
        if (!fault && this.state.state !== 'connected') return
        off()
        if (fault) reject(fail('DISCONNECTED', fault))
        else resolve()
      }
      const off = this.onState(settle)
      if (this.#namespaces.size > 0) this.#begin()
      settle()
    })
  }

  /** Calls `auth` and hands the new credentials to the server, so that the connection outlives the old ones. */
  async renewAuth(): Promise<void> {
    const [namespace] = this.#namespaces.values()
    if (!namespace) throw fail('DISCONNECTED', nothingUsed)
    const auth = await fetchCredentials(this.#options.auth)
    const encode = () => ({ auth })
    const call = { what: 'renewAuth()', name: wireNames.auth, encode }
    await unwrap(sendOn(this.#host, namespace.lane, call))
  }

  /** Leaves everything. What waits for an answer ends as `DISCONNECTED`, or `OUTCOME_UNKNOWN` where it was sent. */
  close(): Promise<void> {
    return Promise.resolve(this.#connection.close())
  }

  #start(): string | undefined {
    const fault = this.#fault()
    if (!fault) this.#begin()
    return fault
  }

  #begin(): void {
    this.#connection.start()
    if (this.state.state !== 'closed') this.#unsubscribe ??= this.#wake?.subscribe(() => this.#connection.woke())
  }

  #fault(): string | undefined {
    const { state } = this
    if (state.state === 'closed') return 'the client is closed; create another one'
    return state.state === 'gave-up'
      ? `the client gave up (${state.reason.message}); call connect() to try again`
      : undefined
  }

  #changed(state: ClientState): void {
    const fault = this.#fault()
    if (fault) {
      this.#unsubscribe?.()
      this.#unsubscribe = undefined
      this.#host.requests.abandon(`was cut off, as ${fault}`)
      for (const namespace of this.#namespaces.values()) namespace.unreachable(fault)
    }
    this.#listeners.call('state', state)
  }
}

const nothingUsed = 'nothing to connect to; call use(contract) first'
