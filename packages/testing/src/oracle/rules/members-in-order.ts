import { samePosition, type Position } from '@millrace/contract'
import type { Line } from '../evidence.ts'
import { violation, type RoomCase } from '../room-case.ts'
import { isEvent, type Session } from '../session.ts'
import type { Violation } from '../verdict.ts'

/** Each event follows the one before it, or the gap that was told; each gap begins where the member stood. */
export function* membersInOrder(room: RoomCase): Generator<Violation> {
  for (const stray of room.strays)
    yield violation(room, 'order', `${stray.record.actor} was not in the room when this reached it`, stray)
  for (const session of room.sessions) yield* walk(room, session)
}

function* walk(room: RoomCase, { actor, received }: Session): Generator<Violation> {
  let at: Position | undefined
  let before: Line | undefined
  const seen = new Set<string>()
  for (const line of received) {
    const fault = isEvent(line) ? eventFault(room, at, line.record.position, seen) : gapFault(at, line)
    if (fault) yield violation(room, 'order', `${actor} ${fault}`, before, line)
    at = isEvent(line) ? line.record.position : line.record.to
    if (isEvent(line)) seen.add(line.record.position.id)
    before = line
  }
}

function eventFault(
  room: RoomCase,
  at: Position | undefined,
  position: Position,
  seen: ReadonlySet<string>,
): string | undefined {
  if (!at || seen.has(position.id)) return undefined // a repetition is the duplicate rule's
  if (position.epoch !== at.epoch) return `came to another history without being told of a gap`
  if (position.offset <= at.offset) return `stood at ${at.offset} and got ${position.offset}`
  if (position.offset > at.offset + 1)
    return `stood at ${at.offset} and got ${position.offset} without being told of a gap`
  const prev = room.lineage.prevOf(position.id)
  if (prev === undefined || prev === at.id) return undefined
  return `got ${position.offset} after ${at.id}, which is not the entry before it (${prev})`
}

function gapFault(at: Position | undefined, { record: { from, to, reason } }: Line<'gap'>): string | undefined {
  if (at && !samePosition(at, from)) return `stood at ${at.offset} and was told of a gap after ${from.offset}`
  if ((reason === 'epoch') !== (from.epoch !== to.epoch))
    return `was told of a gap "${reason}" from ${from.epoch} to ${to.epoch}`
  if (reason === 'trimmed' && to.offset <= from.offset) return `was told of a gap that holds nothing`
  return undefined
}
