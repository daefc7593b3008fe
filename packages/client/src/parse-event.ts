import { parse, splitVersionedName, type Delivery, type EventEntry, type Parsed } from '@millrace/contract'
import { misfit } from './faults.ts'
import { own } from './own.ts'

export type Events = Readonly<Record<string, EventEntry>> | undefined

/**
 * Parses the payload of an event that came under a versioned name.
 *
 * @param delivery How it came; undefined for the events of a namespace.
 * @returns `CONTRACT_MISMATCH` where this client's contract does not have it like that.
 */
export function parseEvent(
  events: Events,
  versioned: string,
  payload: unknown,
  delivery?: Delivery,
): Parsed<unknown> | Promise<Parsed<unknown>> {
  const { name, version } = splitVersionedName(versioned)
  const entry = own(events, name)
  if (entry?.version === version && (delivery ?? entry.delivery) === entry.delivery) {
    return parse(entry.payload, payload, `payload of ${name}`)
  }
  return { ok: false, error: misfit('CONTRACT_MISMATCH', `event ${versioned}`) }
}

/** The name in the contract of what travels as `name@version`. */
export function bareName(versioned: string): string {
  return splitVersionedName(versioned).name
}
