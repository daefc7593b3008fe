import { packet } from '../connection/packet.ts'
import type { Member } from './member.ts'
import { caughtUp, isBehind } from './slow-member.ts'

/**
 * Tells a member that could not take keyed state or presence what is newest, once its connection takes more, until it stands
 * where the others do.
 */
export async function tellNewest(member: Member): Promise<void> {
  if (member.isTelling) return
  member.isTelling = true
  while (!member.isGone && (member.toldState || member.isPresenceDue)) {
    // Looked at again right before it is told: other rooms wait for the same moment.
    if (isBehind(member)) {
      if (!(await caughtUp(member))) break
    } else if (member.toldState) tellState(member)
    else tellPresence(member)
  }
  member.isTelling = false
}

/** One part: what is newer than what the member was told. */
function tellState(member: Member): void {
  const { room, peer, toldState } = member
  const { counters, limits } = room.node
  const part = toldState && room.state?.partAfter(toldState, room.handle, limits.maxBufferedBytes)
  if (part === undefined) return void (member.toldState = undefined)
  for (const encoded of part.packets) peer.link.write(encoded)
  counters.conflated += part.conflated
  member.toldState = part.told
}

function tellPresence(member: Member): void {
  const { room, peer } = member
  member.isPresenceDue = false
  if (room.presence) peer.link.write(packet('~presence', { room: room.handle, ...room.presence.everyone() }))
}
