import type { EventEntry, Position, RoomEntry } from '@millrace/contract'
import type { CallOptions } from './call.ts'
import { unknownName } from './faults.ts'
import type { Host } from './host.ts'
import { unwrap } from './outcome.ts'
import { own } from './own.ts'
import { submit, type Lane } from './submit.ts'

export interface Published {
  readonly position: Position
  /** The store's clock, ms since 1970. */
  readonly at: number
}

/** The event that members may publish under this name. */
export function memberEvent(room: RoomEntry, name: string): EventEntry {
  const entry = own(room.events, name)
  if (entry?.publish === 'members') return entry
  throw unknownName(`event ${name} with publish: 'members'`)
}

/** Publishes a `durable` or `latest` event through the outbox. Only a `durable` one has a position of the event log. */
export async function publish(
  host: Host,
  lane: Lane,
  name: string,
  entry: EventEntry,
  payload: unknown,
  options: CallOptions,
): Promise<Published | undefined> {
  const submission = { name, schema: entry.payload, version: entry.version, isEvent: true }
  const answer = await unwrap(submit(host, lane, submission, payload, options))
  return entry.delivery === 'durable' ? (answer as Published) : undefined
}
