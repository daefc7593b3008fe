import { fail, splitVersionedName, type Delivery, type EventEntry, type MillraceError } from '@millrace/contract'

export type FoundEvent =
  | { readonly ok: true; readonly name: string; readonly entry: EventEntry }
  | { readonly ok: false; readonly error: MillraceError }

/** The entry of an event that came as `versioned`; an error where this client's contract does not have it like that. */
export function findEvent(events: Readonly<Record<string, EventEntry>> = {}, versioned: string, delivery?: Delivery): FoundEvent {
  const { name, version } = splitVersionedName(versioned)
  const entry = Object.hasOwn(events, name) ? events[name] : undefined
  if (entry && entry.version === version && (delivery ?? entry.delivery) === entry.delivery) return { ok: true, name, entry }
  const message = `the event ${versioned} was skipped: this client's contract has no such ${delivery ?? 'event'}; update the older side`
  return { ok: false, error: fail('CONTRACT_MISMATCH', message) }
}
