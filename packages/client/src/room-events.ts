import { parse, type Delivery, type EventEntry } from '@millrace/contract'
import type { Arrivals } from './arrivals.ts'
import { findEvent } from './find-event.ts'

/** Parses the events of one contract entry in order. One that does not fit is reported and skipped. */
export class RoomEvents {
  readonly #events: Readonly<Record<string, EventEntry>> | undefined
  readonly #arrivals: Arrivals
  readonly #report: (error: unknown) => void

  constructor(events: Readonly<Record<string, EventEntry>> | undefined, arrivals: Arrivals, report: (error: unknown) => void) {
    this.#events = events
    this.#arrivals = arrivals
    this.#report = report
  }

  /** @param delivery How it came; undefined for the events of a namespace. */
  take(versioned: string, payload: unknown, delivery: Delivery | undefined, use: (name: string, payload: unknown) => void): void {
    const found = findEvent(this.#events, versioned, delivery)
    if (!found.ok) return this.#report(found.error)
    const { name, entry } = found
    this.#arrivals.take(
      () => parse(entry.payload, payload, `payload of ${name}`),
      (parsed) => (parsed.ok ? use(name, parsed.value) : this.#report(parsed.error)),
    )
  }
}
