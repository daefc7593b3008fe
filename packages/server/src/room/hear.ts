import { fail, parse, versionedName, type EventEntry } from '@millrace/contract'
import { chain, isPromise, type Maybe } from '../maybe.ts'
import type { BusMessage } from '../ports/bus.ts'
import type { Subscription } from '../ports/event-log.ts'
import type { Outlet } from './room-handle.ts'
import { decodeVolatile } from './volatile.ts'

export interface HeardMeta {
  /** Id of the user who published it; null for a server. */
  readonly from: string | null
  /** Wall clock of the node that it came in at, ms since 1970. */
  readonly at: number
}

export type HearListener = (payload: unknown, meta: HeardMeta) => void

/** What goes to the server has a subject of its own, so that no node reads it for its members. */
export function heardSubject(room: string): string {
  return `heard ${room}`
}

/** Calls the listener for each event of that name and version, whichever node it came in at. What fits no schema reaches nobody. */
export async function hear(
  outlet: Outlet,
  room: string,
  name: string,
  entry: EventEntry,
  listener: HearListener,
): Promise<Subscription> {
  if (entry.to !== 'server')
    throw fail('INVALID_INPUT', `"${name}" goes to members; declare it with to: 'server' to hear it on a server`)
  const versioned = versionedName(name, entry.version)
  return outlet.store.bus.subscribe(heardSubject(room), (message) => {
    // A receiver of the bus never throws.
    try {
      const told = tell(message, versioned, entry, listener)
      if (isPromise(told)) told.catch(outlet.report)
    } catch (error) {
      outlet.report(error)
    }
  })
}

function tell(message: BusMessage, name: string, entry: EventEntry, listener: HearListener): Maybe<void> {
  const event = decodeVolatile(message, '')
  if (event?.name !== name) return
  const { from, at, payload } = event
  const value = typeof payload === 'string' ? readJson(payload) : payload
  return chain(parse(entry.payload, value, name), (parsed) => {
    if (parsed.ok) listener(parsed.value, { from, at })
  })
}

/** Undefined for what is none, which a schema refuses. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
