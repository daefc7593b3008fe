import type { Line } from '../evidence.ts'
import { isLossAfter, isReplacement, violation, type RoomCase } from '../room-case.ts'
import { isEvent, type Session } from '../session.ts'
import type { Violation } from '../verdict.ts'

/**
 * What was acknowledged, and first attempted after a member had joined, reaches that member or lies in a gap that it was
 * told of; what the store lost later need not.
 */
export function* acknowledgedIsDelivered(room: RoomCase): Generator<Violation> {
  for (const session of room.sessions) {
    if (!session.isOpen) continue
    const keys = new Set(session.received.filter(isEvent).map((line) => line.record.key))
    const gaps = findGaps(room, session)
    for (const { key, attempts, acks } of room.operations.values()) {
      const [attempt] = attempts
      const ack = acks.at(-1)
      if (!attempt || !ack || attempt.number < session.joined.number || keys.has(key)) continue
      if (gaps.some((gap) => isInside(room, gap, ack))) continue
      if (room.lineage.has(ack.record.position) !== true && isLossAfter(room, ack)) continue
      yield missing(room, session, ack)
    }
  }
}

interface Gap {
  readonly line: Line<'gap'>
  readonly isReplacement: boolean
}

function findGaps(room: RoomCase, { received }: Session): readonly Gap[] {
  return received.flatMap((line, index) =>
    isEvent(line) ? [] : [{ line, isReplacement: isReplacement(room, line, received[index - 1]) }],
  )
}

function missing(room: RoomCase, { actor }: Session, ack: Line<'ack'>): Violation {
  const { key, position } = ack.record
  const message = `${key}, acknowledged at ${position.offset}, neither reached ${actor} nor lies in a gap`
  return violation(room, 'delivered', message, ack)
}

function isInside(room: RoomCase, gap: Gap, { record: { position } }: Line<'ack'>): boolean {
  const { reason, from, to } = gap.line.record
  if (reason !== 'epoch') {
    const isBefore = position.epoch === to.epoch && position.offset <= to.offset
    return isBefore && (gap.isReplacement ? room.lineage.has(position) !== false : position.offset > from.offset)
  }
  if (position.epoch === from.epoch) return position.offset > from.offset
  return position.epoch !== to.epoch || position.offset <= to.offset
}
