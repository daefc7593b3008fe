import { wireNames } from '@millrace/contract'
import type { Host } from './host.ts'
import { unwrap } from './outcome.ts'
import type { RoomSession } from './room-session.ts'
import { sendOn } from './submit.ts'

/** Remembers the state for every join to come, and tells the server where the client is in the room or about to be. */
export async function setPresence(host: Host, session: RoomSession, state: unknown): Promise<void> {
  const checked = await session.checkPresence(state)
  if (!checked.ok) throw checked.error
  session.presenceState = state
  if (!session.isWanted) return
  const encode = (room: number | undefined) => ({ room, state })
  const { what, lane } = session
  await unwrap(sendOn(host, lane, { what: `presence of ${what}`, name: wireNames.presence, input: state, encode }))
}
