import { parseCloseReason, wireNames, type Cancel, type Clock, type CloseReason, type Random, type WireHello } from '@millrace/contract'
import { backoffMs, type BackoffLimits } from './backoff.ts'
import type { Failure } from './next-attempt.ts'
import type { Participant } from './participant.ts'
import type { NamespaceSocket, Transport, TransportConnection } from './transport.ts'
import { readHello } from './read-hello.ts'
import { readWireError } from './wire-failure.ts'

export interface LineContext {
  readonly transport: Transport
  readonly clock: Clock
  readonly random: Random
  readonly backoff: BackoffLimits
  readonly report: (error: unknown) => void
}

export interface LineOptions {
  readonly first: 'websocket' | 'polling'
  readonly deadlineMs: number
  readonly auth: Readonly<Record<string, unknown>>
}

export interface LineEvents {
  opened(hello: WireHello): void
  /** Once. The line is over and everything of it is closed. */
  ended(failure: Failure): void
}

/** How long a connection may take to prove that it lives, ms: a round trip on a bad mobile network. */
const pingDeadlineMs = 3_000

/** One transport connection, from the attempt to its end. */
export class Line {
  readonly #context: LineContext
  readonly #events: LineEvents
  readonly #options: LineOptions
  readonly #connection: TransportConnection
  readonly #opening = new Set<Participant>()
  readonly #open = new Map<Participant, NamespaceSocket>()
  readonly #retrying = new Map<Participant, number>()
  readonly #timers = new Set<Cancel>()
  #closeReason: CloseReason | undefined
  #hasOpened = false
  #isOver = false

  constructor(context: LineContext, options: LineOptions, events: LineEvents) {
    this.#context = context
    this.#options = options
    this.#events = events
    this.#connection = context.transport.connect({ first: options.first }, { closed: (reason) => this.#closed(reason) })
    this.#after(options.deadlineMs, () => {
      if (!this.#hasOpened) this.#end({ ...lost('the server did not answer in time'), isSilent: true })
    })
  }

  open(participant: Participant): void {
    if (this.#isOver || this.#opening.has(participant) || this.#open.has(participant)) return
    this.#opening.add(participant)
    const auth = { ...this.#options.auth, ...participant.handshake() }
    const socket = this.#connection.open(participant.namespace, auth, {
      refused: (data, message) => this.#refused(participant, data, message),
      received: (name, argument, answer) => this.#received(participant, socket, name, argument, answer),
      closed: () => this.#closed(`the server closed ${participant.namespace}`),
    })
  }

  /** A socket that requests of the whole connection can use. */
  get socket(): NamespaceSocket | undefined {
    return this.#open.values().next().value
  }

  /** Ends the line unless the server answers soon. */
  verify(): void {
    let isAlive = false
    this.socket?.emit(wireNames.ping, {}, () => (isAlive = true))
    this.#after(pingDeadlineMs, () => {
      if (!isAlive) this.#end({ ...lost('the connection did not survive a sleep'), isDead: true })
    })
  }

  /** Ends without a word to `ended`. */
  close(): void {
    if (this.#isOver) return
    this.#isOver = true
    for (const cancel of this.#timers) cancel()
    this.#connection.close()
    for (const participant of this.#open.keys()) participant.lost()
  }

  #end(failure: Failure): void {
    if (this.#isOver) return
    this.close()
    this.#events.ended(failure)
  }

  #received(from: Participant, socket: NamespaceSocket, name: string, argument: unknown, answer?: (value: unknown) => void): void {
    if (this.#isOver) return
    try {
      if (name === wireNames.hello) this.#greeted(from, socket, argument)
      else if (name === wireNames.close) this.#closeReason = parseCloseReason(argument)
      else if (this.#open.has(from)) from.received(name, argument, answer)
    } catch (thrown) {
      this.#context.report(thrown)
    }
  }

  #greeted(participant: Participant, socket: NamespaceSocket, argument: unknown): void {
    const hello = readHello(argument)
    if (!hello || !this.#opening.delete(participant)) return
    this.#retrying.delete(participant)
    this.#open.set(participant, socket)
    if (!this.#hasOpened) {
      this.#hasOpened = true
      this.#events.opened(hello)
    }
    participant.opened(socket, hello)
  }

  #refused(participant: Participant, data: unknown, message: string): void {
    if (this.#isOver || !this.#opening.delete(participant)) return
    // Without a code it is Socket.IO that refuses: this node does not serve the namespace, another one may.
    const isCoded = typeof data === 'object' && data !== null && 'code' in data
    const text = `${participant.namespace} was refused: ${message}`
    const error = isCoded ? readWireError(data, text) : readWireError({ code: 'UNAVAILABLE', message: text }, text)
    const reconnect = error.rule.retry
    const reason = { code: error.code as Failure['reason']['code'], message: error.message }
    const failure: Failure = { reason, reconnect, retryAfterMs: error.retryAfterMs }
    if (reconnect === 'after-auth') return this.#end(failure)
    this.#context.report(error)
    if (reconnect === 'never') {
      this.#retrying.delete(participant)
      participant.refused(error)
    } else {
      this.#retry(participant, error.retryAfterMs ?? 0)
    }
    if (this.#opening.size > 0 || this.#open.size > 0) return
    this.#end(this.#retrying.size > 0 ? { ...failure, reconnect: 'backoff' } : failure)
  }

  /** The other namespaces stay open meanwhile. */
  #retry(participant: Participant, leastMs: number): void {
    const attempt = (this.#retrying.get(participant) ?? 0) + 1
    this.#retrying.set(participant, attempt)
    const delayMs = leastMs + backoffMs(attempt, this.#context.random, this.#context.backoff)
    this.#after(delayMs, () => this.open(participant))
  }

  #closed(reason: string): void {
    const closed = this.#closeReason
    if (!closed) return this.#end(lost(reason))
    const message = `the server closed the connection: ${closed.code}`
    this.#end({ reason: { code: closed.code, message }, reconnect: closed.reconnect, retryAfterMs: closed.retryAfterMs })
  }

  #after(delayMs: number, run: () => void): void {
    const cancel = this.#context.clock.after(delayMs, () => {
      this.#timers.delete(cancel)
      run()
    })
    this.#timers.add(cancel)
  }
}

function lost(message: string): Failure {
  return { reason: { code: 'DISCONNECTED', message }, reconnect: 'backoff' }
}
