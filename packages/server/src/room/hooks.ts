import { ConnectionHandle } from '../connection/connection-handle.ts'
import type { LooseRoomContext } from '../implement.ts'
import type { Peer } from '../connection/peer.ts'
import type { RoomKind } from '../namespace.ts'
import type { Node } from '../node.ts'
import type { Member } from './member.ts'
import { RoomHandle } from './room-handle.ts'
import type { LeaveReason } from './rooms.ts'

export function roomContext(node: Node, peer: Peer, kind: RoomKind, params: unknown, key: string): LooseRoomContext {
  return {
    user: peer.connection.user,
    params,
    connection: new ConnectionHandle(peer, node),
    room: new RoomHandle(node, kind, params, key),
  }
}

/** `onLeave`, unless the client goes on in the room, and `onEmpty` where it was the last member here. Faults are reported. */
export async function leaveHooks(member: Member, reason: LeaveReason): Promise<void> {
  const { node, kind, params, key, members } = member.room
  const { onLeave, onEmpty } = kind.handlers
  if (reason !== 'moved') await settle(node, () => onLeave?.(roomContext(node, member.peer, kind, params, key)))
  if (members.size === 0) await settle(node, () => onEmpty?.({ params, room: new RoomHandle(node, kind, params, key) }))
}

async function settle(node: Node, run: () => unknown): Promise<void> {
  try {
    await run()
  } catch (error) {
    node.report(error)
  }
}
