import {
  parseCloseReason,
  wireNames,
  type Cancel,
  type Clock,
  type CloseReason,
  type WireHello,
} from '@millrace/contract'
import type { Failure } from './next-attempt.ts'
import { isFinal, readWireError } from './outcome.ts'
import type { Participant } from './participant.ts'
import type { NamespaceSocket, Transport, TransportConnection } from './transport.ts'

export interface LineContext {
  readonly transport: Transport
  readonly clock: Clock
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
  readonly #auth: Readonly<Record<string, unknown>>
  readonly #connection: TransportConnection
  readonly #opening = new Set<Participant>()
  readonly #open = new Map<Participant, NamespaceSocket>()
  readonly #timers: Cancel[] = []
  #closeReason: CloseReason | undefined
  #isOver = false

  constructor(context: LineContext, { first, deadlineMs, auth }: LineOptions, events: LineEvents) {
    this.#context = context
    this.#auth = auth
    this.#events = events
    this.#connection = context.transport.connect({ first }, { closed: (reason) => this.#closed(reason) })
    this.#after(deadlineMs, () => {
      if (this.#open.size === 0) this.#end({ ...lost('no answer in time'), isSilent: true })
    })
  }

  open(participant: Participant): void {
    this.#opening.add(participant)
    const { namespace } = participant
    const socket = this.#connection.open(
      namespace,
      { ...this.#auth, ...participant.handshake() },
      {
        refused: (data, message) => this.#refused(participant, data, message),
        received: (name, argument, answer) => this.#received(participant, socket, name, argument, answer),
        closed: () => this.#closed(`the server closed ${namespace}`),
      },
    )
  }

  /** Ends the line unless the server answers soon. */
  verify(): void {
    let isAlive = false
    const socket = this.#open.values().next().value
    socket?.emit(wireNames.ping, {}, () => (isAlive = true))
    this.#after(pingDeadlineMs, () => {
      if (!isAlive) this.#end({ ...lost('no answer in time'), isDead: true })
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

  #received(
    from: Participant,
    socket: NamespaceSocket,
    name: string,
    argument: unknown,
    answer?: (value: unknown) => void,
  ): void {
    try {
      if (name === wireNames.close) this.#closeReason = parseCloseReason(argument)
      else if (this.#open.has(from)) from.received(name, argument, answer)
      else if (name === wireNames.hello && !this.#isOver) {
        const hello = argument as WireHello
        this.#opening.delete(from)
        this.#open.set(from, socket)
        if (this.#open.size === 1) this.#events.opened(hello)
        from.opened(socket, hello)
      }
    } catch (thrown) {
      this.#context.report(thrown)
    }
  }

  /** One namespace that is refused for good leaves the others as they are; anything else is tried again with all. */
  #refused(participant: Participant, data: unknown, message: string): void {
    this.#opening.delete(participant)
    const text = `${participant.namespace} was refused: ${message}`
    // Without data it is Socket.IO that refuses: this node does not serve the namespace, another one may.
    const error = readWireError(data ?? { code: 'UNAVAILABLE' }, text)
    const { code, retryAfterMs, rule } = error
    const reason = { code, message: text }
    if (!isFinal(error))
      return this.#end({ reason, reconnect: rule.retry === 'never' ? 'backoff' : rule.retry, retryAfterMs })
    this.#context.report(error)
    participant.refused(text)
    if (this.#opening.size + this.#open.size === 0) this.#end({ reason, reconnect: 'never' })
  }

  #closed(reason: string): void {
    if (!this.#closeReason) return this.#end(lost(reason))
    const { code, reconnect, retryAfterMs } = this.#closeReason
    this.#end({ reason: { code, message: `the server closed the connection (${code})` }, reconnect, retryAfterMs })
  }

  #after(delayMs: number, run: () => void): void {
    this.#timers.push(this.#context.clock.after(delayMs, run))
  }
}

function lost(message: string): Failure {
  return { reason: { code: 'DISCONNECTED', message }, reconnect: 'backoff' }
}
