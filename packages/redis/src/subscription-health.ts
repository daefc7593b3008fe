export interface HealthTiming {
  /** A connection that delivered nothing for so long is probed, ms. Default 3,000. */
  readonly idleMs: number
  /** How long a probe may take, ms. Default 2,000. */
  readonly deadlineMs: number
}

/** Together with the next connection's opening they keep a node from being deaf for longer than 10 s. */
export const probeTiming: HealthTiming = { idleMs: 3_000, deadlineMs: 2_000 }

/** For how long nothing at all may be heard of something that lives. */
export function allowanceMs({ idleMs, deadlineMs }: HealthTiming): number {
  return idleMs + deadlineMs
}

/** Two: a single probe may be lost with the connection that carried it to Redis. */
const maxMisses = 2

export type HealthStep =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'probe' }
  | { readonly kind: 'replace' }

/**
 * What is known of one subscription connection, and what is to be done about it. A connection that is half open looks ready for
 * minutes; only what it delivers proves that it lives. Times are monotonic ms.
 */
export class SubscriptionHealth {
  readonly #timing: HealthTiming
  #heardMs = -Infinity
  #answeredMs = -Infinity
  #probedMs = -Infinity
  #isProbing = false
  #misses = 0

  constructor(timing: HealthTiming) {
    this.#timing = timing
  }

  /** Something arrived. Called for every message. */
  heard(nowMs: number): void {
    this.#heardMs = nowMs
  }

  /** A probe was sent. */
  probed(nowMs: number): void {
    this.#probedMs = nowMs
    this.#isProbing = true
  }

  /** Redis took a probe. */
  answered(nowMs: number): void {
    this.#answeredMs = nowMs
  }

  isHealthy(nowMs: number): boolean {
    return nowMs - this.#provenMs() <= allowanceMs(this.#timing)
  }

  step(nowMs: number): HealthStep {
    if (this.#isProbing && this.#heardMs >= this.#probedMs) {
      this.#isProbing = false
      this.#misses = 0
    }
    if (!this.#isProbing) {
      const leftMs = Math.max(this.#provenMs(), this.#probedMs) + this.#timing.idleMs - nowMs
      return leftMs > 0 ? { kind: 'wait', ms: leftMs } : { kind: 'probe' }
    }
    const leftMs = this.#probedMs + this.#timing.deadlineMs - nowMs
    if (leftMs > 0) return { kind: 'wait', ms: leftMs }
    this.#misses++
    return { kind: this.#misses < maxMisses ? 'probe' : 'replace' }
  }

  /** Since when neither direction has been proven. */
  #provenMs(): number {
    return Math.min(this.#heardMs, this.#answeredMs)
  }
}
