import { wireNames, type Parsed, type PresenceEntry } from '@millrace/contract'
import { checkInput } from './check-input.ts'
import { roughBytes } from './check-input.ts'
import type { Host } from './host.ts'
import type { RoomSession } from './room-session.ts'
import { readWireError } from './wire-failure.ts'

export function checkPresence(entry: PresenceEntry, state: unknown): Parsed<unknown> | Promise<Parsed<unknown>> {
  return checkInput(entry.state, state, 'presence state')
}

/** Remembers the state for every join to come, and tells the server where the client is in the room or about to be. */
export async function sendPresence(host: Host, session: RoomSession, state: unknown): Promise<void> {
  const { presence } = session.address.entry
  const result = presence && checkPresence(presence, state)
  const checked = result instanceof Promise ? await result : result
  if (checked && !checked.ok) throw checked.error
  session.presenceState = state
  if (!session.isWanted) return
  const answer = await host.requests.send({
    lane: session.lane.name,
    bytes: roughBytes(state),
    what: `presence of ${session.what}`,
    name: wireNames.presence,
    input: state,
    isEvent: false,
    isRead: true,
    key: host.random.id(),
    timeoutMs: host.requestTimeoutMs,
    signal: undefined,
    encode: (room) => ({ room, state }),
  })
  if (!answer.ok) throw readWireError(answer.error, 'the presence state was refused')
}
