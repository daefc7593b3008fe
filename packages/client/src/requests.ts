import { defaultWireLimits, guardWire, isErrorCode, type Cancel, type Clock, type ErrorCode } from '@millrace/contract'
import type { Call } from './call.ts'
import { Outbox, type OutboxLimits, type Outgoing } from './outbox.ts'
import { readAnswer, refuse, type Outcome } from './outcome.ts'
import type { NamespaceSocket } from './transport.ts'

/** Where the calls of a lane leave. */
export interface Outlet {
  readonly socket: NamespaceSocket
  readonly maxPayloadBytes: number
  /** The handle of the lane's room; undefined for the lane of a namespace. */
  readonly room: number | undefined
}

interface Pending extends Outgoing {
  readonly call: Call
  readonly resolve: (outcome: Outcome) => void
  release: Cancel
  firstSentAt: number | undefined
  /** An earlier attempt had no answer. */
  isRepeated: boolean
}

/** Refusals of the input itself, which are the same at every attempt. */
const inputFaults: readonly string[] = ['INVALID_INPUT', 'PAYLOAD_TOO_LARGE'] satisfies ErrorCode[]

/**
 * For how long a request is sent again after its first attempt, ms. The server remembers keys for 5 minutes; the rest of
 * it is for an attempt that is still on its way when the window closes.
 */
const retryWindowMs = 4.5 * 60_000

/** Sends requests, again after each reconnect, until each has exactly one outcome. */
export class Requests {
  readonly #clock: Clock
  readonly #timeoutMs: number
  readonly #outbox: Outbox<Pending>
  readonly #outlets = new Map<string, Outlet>()
  readonly #published = new Map<string, Pending>()

  /** @param timeoutMs For calls that say nothing else. */
  constructor(clock: Clock, timeoutMs: number, limits: OutboxLimits) {
    this.#clock = clock
    this.#timeoutMs = timeoutMs
    this.#outbox = new Outbox(limits)
  }

  send(call: Call): Promise<Outcome> {
    return new Promise((resolve) => {
      const { lane, bytes, signal, timeoutMs = this.#timeoutMs } = call
      const pending: Pending = { lane, bytes, call, resolve, release: () => {}, firstSentAt: undefined, isRepeated: false }
      if (!this.#outbox.add(pending)) return resolve(refuse('OVERLOADED', `${call.what} was not sent: the outbox is full; wait for answers`))
      const abort = () => this.#fail(pending, 'TIMEOUT', 'was aborted', signal?.reason)
      if (signal?.aborted) return abort()
      signal?.addEventListener('abort', abort)
      const cancel = this.#clock.after(timeoutMs, () => this.#fail(pending, 'TIMEOUT', `had no answer within ${timeoutMs} ms`))
      pending.release = () => {
        cancel()
        signal?.removeEventListener('abort', abort)
      }
      if (call.isEvent) this.#published.set(publishId(call), pending)
      this.#flush(lane)
    })
  }

  /** The lane may send. What was sent before and not answered goes first. */
  open(lane: string, outlet: Outlet): void {
    this.#outlets.set(lane, outlet)
    this.#flush(lane)
  }

  /** The lane may not send for now; answers to what was sent may still come. */
  pause(lane: string): void {
    this.#outlets.delete(lane)
  }

  /** The lane may not send, and the answers to what was sent will not come. */
  shut(lane: string): void {
    this.pause(lane)
    this.#outbox.lost(lane)
  }

  /** Our own event came with the room's events, so that its publish happened whether or not the answer arrives. */
  echoed(event: Pick<Call, 'lane' | 'key' | 'name'>, data: unknown): void {
    const pending = this.#published.get(publishId(event))
    if (pending) this.#settle(pending, { ok: true, data })
  }

  /** Ends what waits on the lane, or on all: with `isSentToo`, also what was sent and may have happened. */
  abandon(why: string, isSentToo: boolean, lane?: string): void {
    for (const pending of this.#outbox.entries(lane)) {
      if (isSentToo || pending.firstSentAt === undefined) this.#fail(pending, 'DISCONNECTED', why)
    }
  }

  #flush(lane: string): void {
    const outlet = this.#outlets.get(lane)
    if (!outlet) return
    for (const pending of this.#outbox.due(lane)) this.#transmit(pending, outlet)
  }

  #transmit(pending: Pending, { socket, maxPayloadBytes, room }: Outlet): void {
    const { name, input, isEvent = false, what } = pending.call
    const now = this.#clock.monotonic()
    if (pending.firstSentAt === undefined) {
      const error = guardWire(input, { ...defaultWireLimits, maxPayloadBytes, allowNestedBytes: !isEvent })
      if (error) return this.#settle(pending, { ok: false, error })
      pending.firstSentAt = now
    } else if (now - pending.firstSentAt > retryWindowMs) {
      return this.#fail(pending, 'TIMEOUT', 'had no answer in time')
    } else {
      pending.isRepeated = true
    }
    socket.emit(name, pending.call.encode(room), (answer) => this.#answered(pending, readAnswer(answer, what)))
  }

  /** That this attempt was refused says nothing of one before it, unless the input is at fault. */
  #answered(pending: Pending, outcome: Outcome): void {
    const code = outcome.ok ? undefined : outcome.error.code
    if (!pending.isRepeated || outcome.ok || !isErrorCode(code) || outcome.error.rule.happened !== 'no' || inputFaults.includes(code))
      return this.#settle(pending, outcome)
    this.#fail(pending, code, `was refused with ${code} when it was sent again`, outcome.error)
  }

  /** Without an answer, only what was never sent, or changes nothing, has surely not happened. */
  #fail(pending: Pending, code: ErrorCode, why: string, cause?: unknown): void {
    const { what, key } = pending.call
    const isUnknown = pending.firstSentAt !== undefined && key !== undefined
    const advice = isUnknown ? `and may have happened; send it again with the key ${key} to find out` : 'and did not happen; send it again'
    this.#settle(pending, refuse(isUnknown ? 'OUTCOME_UNKNOWN' : code, `${what} ${why}, ${advice}`, { cause }))
  }

  #settle(pending: Pending, outcome: Outcome): void {
    if (!this.#outbox.settle(pending)) return
    pending.release()
    const id = publishId(pending.call)
    if (this.#published.get(id) === pending) this.#published.delete(id)
    pending.resolve(outcome)
  }
}

/** No part but the key can hold a line break. */
function publishId({ lane, name, key }: Pick<Call, 'lane' | 'name' | 'key'>): string {
  return `${lane}\n${name}\n${key}`
}
