import { defaultWireLimits, guardWire, isErrorCode, type Cancel, type Clock, type ErrorCode } from '@millrace/contract'
import type { Call } from './call.ts'
import { Outbox, type OutboxLimits } from './outbox.ts'
import { readAnswer, refuse, type Outcome } from './outcome.ts'
import type { NamespaceSocket } from './transport.ts'

/** Where the calls of a lane leave. */
export interface Outlet {
  readonly socket: NamespaceSocket
  readonly maxPayloadBytes: number
  /** The handle of the lane's room; undefined for the lane of a namespace. */
  readonly room: number | undefined
}

interface Pending extends Call {
  readonly resolve: (outcome: Outcome) => void
  release: Cancel
  /** By the monotonic clock, which may stand still while the machine sleeps, and by the wall clock, which may jump. */
  firstSentAt: readonly number[] | undefined
}

/** Refusals of the input itself, which are the same at every attempt. */
const inputFaults: readonly string[] = ['INVALID_INPUT', 'PAYLOAD_TOO_LARGE'] satisfies ErrorCode[]

/**
 * For how long a request is sent again after its first attempt, ms. The server remembers keys for 5 minutes; the rest of
 * it is for an attempt that is still on its way when the window closes.
 */
const retryWindowMs = 4.5 * 60_000

/** Keys that one request may settle. */
const maxSettled = 100

/** Sends requests, again after each reconnect, until each has exactly one outcome. */
export class Requests {
  readonly #clock: Clock
  readonly #timeoutMs: number
  readonly #outbox: Outbox<Pending>
  readonly #outlets = new Map<string, Outlet>()
  /** Keys that the server may forget, by the connection that knows them. */
  readonly #settled = new WeakMap<NamespaceSocket, string[]>()

  /** @param timeoutMs For calls that say nothing else. */
  constructor(clock: Clock, timeoutMs: number, limits: OutboxLimits) {
    this.#clock = clock
    this.#timeoutMs = timeoutMs
    this.#outbox = new Outbox(limits)
  }

  send(call: Call): Promise<Outcome> {
    return new Promise((resolve) => {
      const { lane, signal, timeoutMs = this.#timeoutMs } = call
      const pending: Pending = { ...call, resolve, release: () => {}, firstSentAt: undefined }
      if (!this.#outbox.add(pending))
        return resolve(refuse('OVERLOADED', `${call.what} was not sent: the outbox is full; wait for answers`))
      const abort = () => this.#fail(pending, 'TIMEOUT', 'was aborted', signal?.reason)
      if (signal?.aborted) return abort()
      signal?.addEventListener('abort', abort)
      const cancel = this.#clock.after(timeoutMs, () =>
        this.#fail(pending, 'TIMEOUT', `had no answer within ${timeoutMs} ms`),
      )
      pending.release = () => {
        cancel()
        signal?.removeEventListener('abort', abort)
      }
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
  echoed(lane: string, key: string, name: string, data: unknown): void {
    const isOurs = (pending: Pending) => pending.isEvent && pending.key === key && pending.name === name
    const pending = this.#outbox.entries(lane).find(isOurs)
    if (pending) this.#settle(pending, { ok: true, data })
  }

  /** Ends every call that waits for an answer, on the lane or on all. */
  abandon(why: string, lane?: string): void {
    for (const pending of this.#outbox.entries(lane)) this.#fail(pending, 'DISCONNECTED', why)
  }

  /** Ends what waits to be sent, or sent again; what was sent on this connection may still be answered. */
  abandonWaiting(why: string, lane: string): void {
    for (const pending of this.#outbox.due(lane)) this.#fail(pending, 'DISCONNECTED', why)
  }

  #flush(lane: string): void {
    const outlet = this.#outlets.get(lane)
    if (!outlet) return
    for (const pending of this.#outbox.due(lane)) this.#transmit(pending, outlet)
  }

  #transmit(pending: Pending, { socket, maxPayloadBytes, room }: Outlet): unknown {
    const { name, input, isEvent = false, what, firstSentAt } = pending
    const now = [this.#clock.monotonic(), this.#clock.now()]
    if (firstSentAt === undefined) {
      const error = guardWire(input, { ...defaultWireLimits, maxPayloadBytes, allowNestedBytes: !isEvent })
      if (error) return this.#settle(pending, { ok: false, error })
      pending.firstSentAt = now
    } else if (now.some((at, clock) => at - (firstSentAt[clock] ?? at) > retryWindowMs)) {
      return this.#fail(pending, 'TIMEOUT', 'had no answer in time')
    }
    const settled = this.#settled.get(socket) ?? []
    this.#settled.set(socket, settled)
    const done = settled.splice(0, maxSettled)
    socket.emit(name, pending.encode(room, done[0] ? done : undefined), (answer) => {
      const outcome = readAnswer(answer, what)
      const isNew = this.#answered(pending, firstSentAt !== undefined, outcome)
      pending.answered?.(outcome)
      if (isNew && pending.settles && !firstSentAt) settled.push(pending.key!)
    })
  }

  /** That a repeated attempt was refused says nothing of the one before it, unless the input is at fault. */
  #answered(pending: Pending, isRepeated: boolean, outcome: Outcome): boolean {
    const error = outcome.ok ? undefined : outcome.error
    const code = error?.code
    const isInDoubt = isRepeated && isErrorCode(code) && error?.rule.happened === 'no' && !inputFaults.includes(code)
    return isInDoubt
      ? this.#fail(pending, code, `was refused with ${code} when it was sent again`, error)
      : this.#settle(pending, outcome)
  }

  /** Without an answer, only what was never sent, or changes nothing, has surely not happened. */
  #fail(pending: Pending, code: ErrorCode, why: string, cause?: unknown): boolean {
    const { what, key } = pending
    const isUnknown = pending.firstSentAt !== undefined && key !== undefined
    const advice = isUnknown
      ? `and may have happened; send it again with the key ${key} to find out`
      : 'and did not happen; send it again'
    return this.#settle(pending, refuse(isUnknown ? 'OUTCOME_UNKNOWN' : code, `${what} ${why}, ${advice}`, { cause }))
  }

  /** @returns False where it has an outcome already. */
  #settle(pending: Pending, outcome: Outcome): boolean {
    const isNew = this.#outbox.settle(pending)
    if (isNew) {
      pending.release()
      pending.resolve(outcome)
    }
    return isNew
  }
}
