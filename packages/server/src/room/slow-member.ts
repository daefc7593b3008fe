import { isOverBudget } from '../connection/backlog.ts'
import { packetBytes, type Packet } from '../connection/packet.ts'
import type { Member } from './member.ts'

/** Whether more waits for the member's connection than it may be given at once. */
export function isBehind({ room, peer }: Member): boolean {
  return isOverBudget(room.node, peer)
}

/** Writes the packet, unless the member's connection would hold more than it may: then false. */
export function give({ peer }: Member, packet: Packet, budgetBytes: number, isLast = false): boolean {
  const { link } = peer
  if (!link.hasRoomFor(packetBytes(packet), budgetBytes)) return false
  link.write(packet, isLast)
  return true
}

/** Waits until the connection has taken what was written; false where the member is gone, or its connection closed as slow. */
export async function caughtUp(member: Member): Promise<boolean> {
  const { room, peer } = member
  while (!member.isGone && isBehind(member)) if (!(await peer.backlog(room.node).taken())) return false
  return !member.isGone
}

/** Runs `write` once the connection takes more; false where that is over, or nobody wants it any more. */
export async function writeWhenTaken(member: Member, write: () => void, isWanted = () => true): Promise<boolean> {
  // Looked at again right before it is written: others wait for the same moment, and the member may go in it.
  do if (!(await caughtUp(member)) || member.isGone || !isWanted()) return false
  while (isBehind(member))
  write()
  return true
}
