import type { Cancel, Clock } from '@millrace/contract'
import type { Singletons } from '../ports/singletons.ts'
import { within } from '../within.ts'

/** For how long the store gives a name away, ms. */
const holdMs = 9_000
/** After so long without a renewal the holder lets go, ms: its work has the rest to end. */
const trustedMs = 7_000
const renewMs = 3_000
/** After a renewal that failed. */
const againMs = 1_000

export interface HoldParts {
  readonly clock: Clock
  readonly singletons: Singletons
  readonly report: (error: unknown) => void
}

/** A name that this node holds: renewed, and given up before the hold can have lapsed. */
export class Hold {
  readonly #parts: HoldParts
  readonly #name: string
  readonly #holder: string
  readonly #abort = new AbortController()
  /** When it is given up unless a renewal is confirmed, monotonic ms. */
  #trustedUntil: number
  #cancelRenewal: Cancel | undefined
  #cancelEnd: Cancel | undefined
  #renewing: Promise<void> = Promise.resolve()

  private constructor(parts: HoldParts, name: string, holder: string, confirmedMs: number) {
    this.#parts = parts
    this.#name = name
    this.#holder = holder
    this.#trustedUntil = confirmedMs + trustedMs
    this.#goOn(confirmedMs)
  }

  /**
   * @param holder A new one for each hold, so that what is still on its way for an earlier one does not touch it.
   * @returns Undefined where somebody else holds it, or the answer came too late to be trusted.
   */
  static async take(parts: HoldParts, name: string, holder: string): Promise<Hold | undefined> {
    const askedMs = parts.clock.monotonic()
    const isTaken = await parts.singletons.hold(name, holder, holdMs)
    if (!isTaken || parts.clock.monotonic() >= askedMs + trustedMs) return undefined
    return new Hold(parts, name, holder, askedMs)
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** Looks at the clock, too: a process that was frozen comes here before its timers run. */
  isHeld(): boolean {
    if (this.#parts.clock.monotonic() >= this.#trustedUntil) this.end()
    return !this.signal.aborted
  }

  /** Aborts the signal and renews no more. */
  end(): void {
    this.#cancelRenewal?.()
    this.#cancelEnd?.()
    this.#abort.abort()
  }

  /** Frees the name, once nothing runs under it. */
  async release(): Promise<void> {
    const { clock, singletons, report } = this.#parts
    this.end()
    await within(clock, this.#renewing, againMs) // or it would take the name again
    await singletons.release(this.#name, this.#holder).catch(report)
  }

  #goOn(confirmedMs: number): void {
    const { clock } = this.#parts
    const now = clock.monotonic()
    this.#trustedUntil = confirmedMs + trustedMs
    this.#cancelEnd?.()
    this.#cancelEnd = clock.after(this.#trustedUntil - now, () => this.end())
    this.#renewAfter(confirmedMs + renewMs - now)
  }

  #renewAfter(delayMs: number): void {
    this.#cancelRenewal = this.#parts.clock.after(Math.max(0, delayMs), () => {
      this.#renewing = this.#renew()
    })
  }

  async #renew(): Promise<void> {
    const { clock, singletons, report } = this.#parts
    const askedMs = clock.monotonic()
    try {
      const isHeld = await singletons.hold(this.#name, this.#holder, holdMs)
      if (!isHeld) this.end()
      else if (this.isHeld()) this.#goOn(askedMs)
    } catch (error) {
      report(error)
      if (this.isHeld()) this.#renewAfter(againMs)
    }
  }
}
