import { tickMs } from '../../game/world.ts'

/** Of the difference, how much one arrival moves the clock. */
const pull = 0.08
/** What differs by more is another server, or the same after a pause. */
const maxDriftMs = 300

/** Which tick the server is at, as its ticks arrive: the moment of arrival, so that it lags by the way here. */
export class TickClock {
  #startMs: number | undefined
  #newest = -1
  #arrivedMs = Number.NaN

  /** Calls with a tick that is known already count once. */
  note(tick: number, nowMs: number): void {
    if (tick === this.#newest) return
    const startMs = nowMs - tick * tickMs
    const isNear = this.#startMs !== undefined && Math.abs(startMs - this.#startMs) < maxDriftMs
    this.#startMs = isNear ? this.#startMs! + (startMs - this.#startMs!) * pull : startMs
    this.#newest = tick
    this.#arrivedMs = nowMs
  }

  /** The newest tick that arrived; -1 before the first. */
  get newest(): number {
    return this.#newest
  }

  /** Since the newest tick arrived, ms; undefined before the first. */
  ageMs(nowMs: number): number | undefined {
    return Number.isNaN(this.#arrivedMs) ? undefined : nowMs - this.#arrivedMs
  }

  /** With a fraction; undefined before the first. */
  tickAt(nowMs: number): number | undefined {
    return this.#startMs === undefined ? undefined : (nowMs - this.#startMs) / tickMs
  }
}
