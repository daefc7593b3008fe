import { monotonicMicros } from '../payload.ts'
import { percentile } from '../stats.ts'

export interface Report {
  /** Deliveries, or answered requests. */
  readonly operations: number
  readonly seconds: number
  readonly latencyP50Micros: number
  readonly latencyP99Micros: number
}

/** Takes the time and the latency of each operation of a run that has no more than so many. */
export class Stopwatch {
  readonly #startedAt = monotonicMicros()
  readonly #latencies: Float64Array
  #count = 0

  constructor(operations: number) {
    this.#latencies = new Float64Array(operations)
  }

  get count(): number {
    return this.#count
  }

  /** @param at When the operation began, by `monotonicMicros`. */
  stop(at: number): void {
    this.#latencies[this.#count++] = monotonicMicros() - at
  }

  report(): Report {
    const latencies = this.#latencies.subarray(0, this.#count)
    return {
      operations: this.#count,
      seconds: (monotonicMicros() - this.#startedAt) / 1e6,
      latencyP50Micros: percentile(latencies, 0.5),
      latencyP99Micros: percentile(latencies, 0.99),
    }
  }
}
