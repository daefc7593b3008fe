import { fail, parsePosition, type EventEntry, type Position, type RoomEntry } from '@millrace/contract'
import type { CallOptions } from './call.ts'
import { checkInput, whenParsed } from './check-input.ts'
import type { Host } from './host.ts'
import { submit, type Lane } from './submit.ts'
import { readWireError } from './wire-failure.ts'

export interface Published {
  readonly position: Position
  /** The store's clock, ms since 1970. */
  readonly at: number
}

/** The event that members may publish under this name. */
export function memberEvent(room: RoomEntry, name: string): EventEntry {
  const entry = room.events && Object.hasOwn(room.events, name) ? room.events[name] : undefined
  if (entry?.publish === 'members') return entry
  throw fail('UNKNOWN_EVENT', `members cannot publish ${name} here; declare it with publish: 'members'`)
}

/** Publishes a `durable` or `latest` event; it goes through the outbox. Only a `durable` one has a position. */
export async function publish(
  host: Host,
  lane: Lane,
  name: string,
  entry: EventEntry,
  payload: unknown,
  options: CallOptions,
): Promise<Published | undefined> {
  const submission = { what: `event ${name}`, name, schema: entry.payload, version: entry.version, isEvent: true }
  const answer = await submit(host, lane, submission, payload, options)
  if (!answer.ok) throw readWireError(answer.error, `${name} was refused`)
  if (entry.delivery !== 'durable') return undefined
  const { position, at } = (answer.data ?? {}) as Record<string, unknown>
  const parsed = parsePosition(position)
  if (parsed && typeof at === 'number') return { position: parsed, at }
  throw fail('OUTCOME_UNKNOWN', `${name} was answered without a position, and may have been published; update the server`)
}

/** Publishes a `volatile` event: checked, then sent where `emit` leads, which may be nowhere. */
export function publishVolatile(
  lane: Lane,
  name: string,
  entry: EventEntry,
  payload: unknown,
  emit: (argument: object) => void,
  report: (error: unknown) => void,
): void {
  lane.serial.run(() =>
    whenParsed(checkInput(entry.payload, payload, `payload of ${name}`), (checked) => {
      if (!checked.ok) return report(checked.error)
      emit({ input: payload, ...(entry.version === 1 ? {} : { version: entry.version }) })
    }),
  )
}
