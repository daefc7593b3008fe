import { fail, type Position } from '@millrace/contract'
import type { LogGap } from '../ports/event-log.ts'
import { forkOf, type Rewind } from './find-rewind.ts'
import type { Room } from './room.ts'
import { isBehind } from './snapshots.ts'

/** Where delivery goes on for a member at a gap, with the snapshot if the room has one. */
export interface Jump {
  readonly to: Position
  readonly snapshot?: unknown
}

export async function jumpOver(room: Room, from: Position, gap: LogGap): Promise<Jump> {
  const { log, snapshots } = room
  const { floor } = gap
  if (snapshots.isDeclared) {
    if (isBehind(log.flushed, floor)) await catchUp(room)
    const { position, value } = await snapshots.readFrom(floor)
    return { to: position, snapshot: value }
  }
  const to = placeAfter(from, gap, log.rewind)
  // What a follower answers for the room must not end before the place where the member goes on.
  if (room.kind.handlers.follow && isBehind(log.flushed, to)) await mustCatchUp(room, to)
  return { to }
}

function placeAfter(from: Position, { reason, floor, top }: LogGap, rewind: Rewind | undefined): Position {
  if (reason !== 'rewound') return floor
  const fork = rewind && forkOf(rewind, from)
  if (fork === undefined) return top
  return isBehind(fork, floor) ? floor : fork
}

async function mustCatchUp(room: Room, to: Position): Promise<void> {
  await catchUp(room)
  if (isBehind(room.log.flushed, to))
    throw fail('UNAVAILABLE', 'this node could not read what it has missed of the room; join again')
}

/** Flushes what this node has missed: the log trimmed it, or others have heard it. */
export async function catchUp(room: Room): Promise<void> {
  await room.log.repair()
  room.flush()
}
