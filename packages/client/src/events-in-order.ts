import type { Delivery } from '@millrace/contract'
import { bareName, parseEvent, type Events } from './parse-event.ts'
import type { Serial } from './serial.ts'

/** Takes an event as it came, and calls `use` with its bare name and parsed payload when it is its turn. */
export type TakeEvent = (
  versioned: string,
  payload: unknown,
  delivery: Delivery | undefined,
  use: (name: string, payload: unknown) => void,
) => void

/** Parses the events of a namespace or room in order. One that does not fit is reported and skipped. */
export function eventsInOrder(events: Events, serial: Serial, report: (error: unknown) => void): TakeEvent {
  return (versioned, payload, delivery, use) =>
    serial.take(
      () => parseEvent(events, versioned, payload, delivery),
      (parsed) => (parsed.ok ? use(bareName(versioned), parsed.value) : report(parsed.error)),
    )
}
