import type { Position } from '@millrace/contract'
import type { Packet } from '../connection/packet.ts'
import type { Entry } from '../ports/event-log.ts'
import {
  encodeFrame,
  encodeSingle,
  encodeVolatileFrame,
  encodeVolatileSingle,
  type VolatileEvent,
} from './encode-entries.ts'
import { inFrames } from './in-frames.ts'
import type { Member } from './member.ts'
import type { RoomPresence } from './room-presence.ts'
import type { RoomState } from './room-state.ts'
import type { Room } from './room.ts'
import { give } from './slow-member.ts'
import { tellNewest } from './tell-newest.ts'

/**
 * Writes entries to every live member; who cannot take them is refilled from where it stands.
 *
 * @param from Where live members stand.
 * @param isOnly The room flushes nothing else.
 */
export function flushDurable(room: Room, entries: readonly Entry[], from: Position, isOnly: boolean): void {
  const budgetBytes = room.node.limits.maxBufferedBytes
  const parts = inFrames(entries, budgetBytes)
  let frames: readonly Packet[] | undefined
  let singles: readonly Packet[] | undefined
  for (const member of room.members) {
    if (!member.isLive) continue
    const { readsFrames } = member.peer
    const packets = readsFrames
      ? (frames ??= parts.map((part) => encodeFrame(room.handle, part)))
      : (singles ??= entries.map((entry) => encodeSingle(room.handle, entry)))
    const given = giveAll(member, packets, budgetBytes, isOnly)
    if (given === packets.length) continue
    countBehind(member)
    room.refill(member, (readsFrames ? parts[given - 1]?.at(-1) : entries[given - 1]) ?? from)
  }
}

/** Writes volatile events to every member; who cannot take one is never sent it. */
export function flushVolatile(room: Room, events: readonly VolatileEvent[], isOnly: boolean): void {
  const { limits, counters } = room.node
  const parts = inFrames(events, limits.maxBufferedBytes)
  let frames: readonly Packet[] | undefined
  let singles: readonly Packet[] | undefined
  for (const member of room.members) {
    const { readsFrames } = member.peer
    const packets = readsFrames
      ? (frames ??= parts.map((part) => encodeVolatileFrame(room.handle, part)))
      : (singles ??= events.map((event) => encodeVolatileSingle(room.handle, event)))
    for (let given = giveAll(member, packets, limits.maxBufferedBytes, isOnly); given < packets.length; given++)
      counters.shed += readsFrames ? parts[given]!.length : 1
  }
}

/** Writes what changed of keyed state; who cannot take it is told the newest later. */
export function flushState(room: Room, state: RoomState, isOnly: boolean): void {
  const { told } = state
  const packets = state.takePending(room.handle)
  for (const member of room.members) {
    if (member.toldState) continue
    if (giveAll(member, packets, room.node.limits.maxBufferedBytes, isOnly) === packets.length) continue
    countBehind(member)
    member.toldState = told
    void tellNewest(member)
  }
}

/** Writes who came and went; who cannot take it is told of everybody later. */
export function flushPresence(room: Room, presence: RoomPresence, isOnly: boolean): void {
  const changed = presence.takePending(room.handle)
  const packets = changed ? [changed] : []
  for (const member of room.members) {
    if (member.isPresenceDue) continue
    if (giveAll(member, packets, room.node.limits.maxBufferedBytes, isOnly) === packets.length) continue
    countBehind(member)
    member.isPresenceDue = true
    void tellNewest(member)
  }
}

/** Writes packets as far as the member's connection takes them; answers how many. */
function giveAll(member: Member, packets: readonly Packet[], budgetBytes: number, isOnly: boolean): number {
  const last = isOnly && member.peer.members.size === 1 ? packets.length - 1 : -1
  let given = 0
  while (given < packets.length && give(member, packets[given]!, budgetBytes, given === last)) given++
  return given
}

/** Before it is marked as what it lacks. */
function countBehind({ room, isLive, toldState, isPresenceDue }: Member): void {
  if (isLive && !toldState && !isPresenceDue) room.node.counters.behind++
}
