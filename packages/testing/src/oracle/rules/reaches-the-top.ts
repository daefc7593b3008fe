import { samePosition, type Position } from '@millrace/contract'
import { violation, type RoomCase } from '../room-case.ts'
import { isEvent, type Session } from '../session.ts'
import type { Violation } from '../verdict.ts'

/** When everything is over, every member that is still in the room stands at the top of the log. */
export function* reachesTheTop(room: RoomCase): Generator<Violation> {
  const { top } = room.lineage
  if (!top) return
  for (const session of room.sessions) {
    const at = positionOf(session)
    if (!session.isOpen || !at || samePosition(at, top)) continue
    const message = `${session.actor} stopped at ${at.offset} (${at.id}); the log ends at ${top.offset} (${top.id})`
    yield violation(room, 'behind', message, session.received.at(-1))
  }
}

function positionOf({ received }: Session): Position | undefined {
  const last = received.at(-1)
  if (!last) return undefined
  return isEvent(last) ? last.record.position : last.record.to
}
