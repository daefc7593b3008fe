import { fail, MillraceError, type Clock, type ErrorCode, type Random } from '@millrace/contract'
import { backoffMs } from '../backoff.ts'
import type { Room } from '../room.ts'
import { finalError, isWindowOver, tooLate } from './decide-retry.ts'
import { hold, type Hold, type AnyJoin } from './hold-room.ts'
import { whatIs, type Kept } from './kept.ts'
import { pause } from './pause.ts'
import { whenState, type Stateful } from './when-state.ts'

/** From an attempt to its answer, ms. With the window of retries it stays within the 5 minutes that servers remember keys. */
const attemptMs = 20_000

/** After these a new connection is a reason to try at once. */
const networkFaults: readonly string[] = ['TIMEOUT', 'DISCONNECTED', 'OUTCOME_UNKNOWN'] satisfies ErrorCode[]

const pauses = { minDelayMs: 500, maxDelayMs: 20_000 }

export interface LaneHost {
  readonly client: Stateful
  readonly clock: Clock
  readonly random: Random
  readonly report: (error: unknown) => void
  /** Resolves when everything so far is stored. */
  stored(): Promise<void>
  /** The oldest request that is to be sent to the room. */
  next(room: Room): Kept | undefined
  /** Remembers what is new about a request. */
  note(kept: Kept): void
  /** The same, and stores it. */
  save(kept: Kept): Promise<void>
  answered(kept: Kept, answer: unknown): Promise<void>
  failed(kept: Kept, error: MillraceError): void
}

/** Sends the requests of one room, one at a time. */
export class KeptLane {
  readonly #host: LaneHost
  readonly #room: Room
  readonly #join: AnyJoin | undefined
  #isRunning = false
  #isStopped = false
  #abort = new AbortController()
  /** The request that is on its way, or waits to be sent again. */
  #key: string | undefined
  #hold: Hold<unknown> | undefined
  /** Attempts in a row that came to nothing. */
  #failed = 0

  constructor(host: LaneHost, room: Room, join: AnyJoin | undefined) {
    this.#host = host
    this.#room = room
    this.#join = join
  }

  start(): void {
    if (this.#isRunning || this.#isStopped) return
    this.#isRunning = true
    this.#run().catch(this.#host.report)
  }

  /** The request is gone: nobody waits for it any longer. */
  drop(key: string): void {
    if (this.#key === key || !this.#host.next(this.#room)) this.#abort.abort()
  }

  stop(): void {
    this.#isStopped = true
    this.#abort.abort()
  }

  async #run(): Promise<void> {
    for (;;) {
      await this.#host.stored()
      if (this.#isStopped || !this.#host.next(this.#room)) break
      this.#abort = new AbortController()
      const { signal } = this.#abort
      const refusal = await this.#enter(signal)
      // An older one may have come meanwhile, from an outbox that ended.
      const kept = this.#host.next(this.#room)
      if (signal.aborted || !kept) continue
      this.#key = kept.request.key
      await (refusal ? this.#refused(kept, refusal, signal) : this.#advance(kept, signal))
      this.#key = undefined
    }
    this.#letGo()
    this.#isRunning = false
  }

  async #advance(kept: Kept, signal: AbortSignal): Promise<void> {
    const { clock, ...host } = this.#host
    const { request, entry, firstSentAt } = kept
    if (isTooLate(kept, clock.now())) return host.failed(kept, tooLate(whatIs(kept)))
    const sent = { ...kept, firstSentAt: firstSentAt ?? clock.now() }
    // After a reload only what is not idempotent must know how long ago it left.
    if (entry.idempotent || firstSentAt !== undefined) host.note(sent)
    else await host.save(sent)
    if (signal.aborted) return
    const { key, name, input } = request
    const outcome = await this.#room.tryRequest(name, input, { key, timeoutMs: attemptMs, signal })
    if (signal.aborted) return
    if (!outcome.ok) {
      const didNotHappen = outcome.error.rule.happened === 'no'
      return this.#refused(didNotHappen ? kept : sent, outcome.error, signal)
    }
    this.#failed = 0
    return host.answered(sent, outcome.data)
  }

  /** Waits until the room is joined and the client connected. @returns Why the room cannot be joined. */
  async #enter(signal: AbortSignal): Promise<MillraceError | undefined> {
    const { client } = this.#host
    await whenState(client, (state) => state !== 'gave-up' && state !== 'closed', signal)
    if (signal.aborted) return undefined
    if (!this.#room.session.isWanted) this.#letGo()
    this.#hold ??= hold(this.#room, this.#join, true)
    const refusal = this.#hold.joined.then(() => undefined, asMillraceError)
    const refused = await Promise.race([refusal, aborted(signal)])
    if (refused) this.#letGo()
    else await whenState(client, (state) => state === 'connected', signal)
    return refused
  }

  #refused(kept: Kept, error: MillraceError, signal: AbortSignal): Promise<void> | void {
    const { clock, client, random, ...host } = this.#host
    const final = finalError(error, {
      what: whatIs(kept),
      isIdempotent: kept.entry.idempotent,
      isInDoubt: kept.firstSentAt !== undefined,
      isTooLate: isTooLate(kept, clock.now()),
    })
    if (final) {
      this.#failed = 0
      return host.failed(kept, final)
    }
    if (kept.entry.idempotent) host.note(kept)
    else void host.save(kept)
    this.#failed += 1
    const ms = (error.retryAfterMs ?? 0) + backoffMs(this.#failed, random, pauses)
    return pause(clock, client, { ms, endsWithConnection: networkFaults.includes(error.code) }, signal)
  }

  #letGo(): void {
    this.#hold?.release()
    this.#hold = undefined
  }
}

/** Whether servers may have forgotten the key of an attempt that may have happened. */
function isTooLate({ entry, firstSentAt }: Kept, now: number): boolean {
  return !entry.idempotent && firstSentAt !== undefined && isWindowOver(firstSentAt, now)
}

function asMillraceError(thrown: unknown): MillraceError {
  return thrown instanceof MillraceError ? thrown : fail('INTERNAL', String(thrown), { cause: thrown })
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)))
}
