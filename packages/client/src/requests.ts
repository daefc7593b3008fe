import { defaultWireLimits, guardWire, type Cancel, type Clock, type ErrorCode, type MillraceError, type WireAnswer } from '@millrace/contract'
import type { Call } from './call.ts'
import { Outbox, type OutboxLimits, type Outgoing } from './outbox.ts'
import type { NamespaceSocket } from './transport.ts'
import { aborted, full, unanswered } from './unanswered.ts'
import { readAnswer } from './wire-failure.ts'

/** Where the calls of a lane leave. */
export interface Outlet {
  readonly socket: NamespaceSocket
  readonly maxPayloadBytes: number
  readonly room: number | undefined
}

interface Pending extends Outgoing {
  readonly call: Call
  readonly resolve: (answer: WireAnswer) => void
  readonly reject: (error: MillraceError) => void
  release: Cancel
  firstSentAt: number | undefined
}

/**
 * For how long a request is sent again after its first attempt, ms. The server remembers keys for 5 minutes; the rest of
 * it is for an attempt that is still on its way when the window closes.
 */
const retryWindowMs = 4.5 * 60_000

/** Sends requests, again after each reconnect, until each has exactly one outcome. */
export class Requests {
  readonly #clock: Clock
  readonly #outbox: Outbox<Pending>
  readonly #limits: OutboxLimits
  readonly #outlets = new Map<string, Outlet>()
  readonly #echoes = new Map<string, Pending>()

  constructor(clock: Clock, limits: OutboxLimits) {
    this.#clock = clock
    this.#limits = limits
    this.#outbox = new Outbox(limits)
  }

  /** Resolves with the answer as it came; rejects with a MillraceError where there is none. */
  send(call: Call): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      const { lane, bytes } = call
      const pending: Pending = { lane, bytes, call, resolve, reject, release: () => {}, firstSentAt: undefined }
      if (call.signal?.aborted) return reject(aborted(call, false))
      if (!this.#outbox.add(pending)) return reject(full(call, this.#limits))
      const expire = () => this.#fail(pending, 'TIMEOUT', `had no answer within ${call.timeoutMs} ms`)
      const cancelTimer = this.#clock.after(call.timeoutMs, expire)
      const abort = () => this.#settle(pending, () => reject(aborted(call, isSent(pending))))
      call.signal?.addEventListener('abort', abort)
      pending.release = () => {
        cancelTimer()
        call.signal?.removeEventListener('abort', abort)
      }
      if (call.isEvent) this.#echoes.set(echoName(call.lane, call.key), pending)
      this.#flush(call.lane)
    })
  }

  /** The lane may send. What was sent before and not answered goes first. */
  open(lane: string, outlet: Outlet): void {
    this.#outlets.set(lane, outlet)
    this.#flush(lane)
  }

  /** The lane may not send, and the answers to what was sent will not come. */
  shut(lane: string): void {
    this.#outlets.delete(lane)
    this.#outbox.lost(lane)
  }

  /** The lane may not send for now; answers to what was sent may still come. */
  pause(lane: string): void {
    this.#outlets.delete(lane)
  }

  /** Our own event came with the room's events, so that its publish happened whether or not the answer arrives. */
  echoed(lane: string, key: string, name: string, data: unknown): void {
    const pending = this.#echoes.get(echoName(lane, key))
    if (pending?.call.name === name) this.#settle(pending, () => pending.resolve({ ok: true, data }))
  }

  /** Ends everything on the lane, or on all. What was sent and not answered is `OUTCOME_UNKNOWN`. */
  abandon(code: ErrorCode, why: string, lane?: string): void {
    for (const pending of this.#outbox.entries(lane)) this.#fail(pending, code, why)
  }

  /** Ends what was never sent on the lane; the other answers may still come. */
  abandonUnsent(lane: string, code: ErrorCode, why: string): void {
    for (const pending of this.#outbox.entries(lane)) if (!isSent(pending)) this.#fail(pending, code, why)
  }

  #flush(lane: string): void {
    const outlet = this.#outlets.get(lane)
    if (!outlet) return
    for (const pending of this.#outbox.due(lane)) this.#transmit(pending, outlet)
  }

  #transmit(pending: Pending, outlet: Outlet): void {
    const { call } = pending
    const now = this.#clock.monotonic()
    if (pending.firstSentAt === undefined) {
      const { maxPayloadBytes } = outlet
      const fault = guardWire(call.input, { ...defaultWireLimits, maxPayloadBytes, allowNestedBytes: !call.isEvent })
      if (fault) return this.#settle(pending, () => pending.reject(fault))
      pending.firstSentAt = now
    } else if (now - pending.firstSentAt > retryWindowMs) {
      return this.#fail(pending, 'TIMEOUT', 'had no answer while the server would recognise its key')
    }
    outlet.socket.emit(call.name, call.encode(outlet.room), (answer) => this.#answered(pending, answer))
  }

  #answered(pending: Pending, value: unknown): void {
    const answer = readAnswer(value)
    if (answer) this.#settle(pending, () => pending.resolve(answer))
    else this.#fail(pending, 'INTERNAL', 'was answered with something that is no answer')
  }

  #fail(pending: Pending, code: ErrorCode, why: string): void {
    this.#settle(pending, () => pending.reject(unanswered(pending.call, isSent(pending), code, why)))
  }

  #settle(pending: Pending, deliver: () => void): void {
    if (!this.#outbox.settle(pending)) return
    pending.release()
    const echo = echoName(pending.lane, pending.call.key)
    if (this.#echoes.get(echo) === pending) this.#echoes.delete(echo)
    deliver()
  }
}

function isSent(pending: Pending): boolean {
  return pending.firstSentAt !== undefined
}

/** Lanes hold no line breaks: a namespace, or a room's canonical JSON. */
function echoName(lane: string, key: string): string {
  return `${lane}\n${key}`
}
