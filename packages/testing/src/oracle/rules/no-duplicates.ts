import type { Line } from '../evidence.ts'
import { isReplacement, violation, type RoomCase } from '../room-case.ts'
import { isEvent, type Session } from '../session.ts'
import type { Violation } from '../verdict.ts'

/** No entry reaches a member twice, and no key does unless the member was told that history was replaced in between. */
export function* noDuplicates(room: RoomCase): Generator<Violation> {
  for (const session of room.sessions) yield* walk(room, session)
}

function* walk(room: RoomCase, { actor, received }: Session): Generator<Violation> {
  const ids = new Map<string, Line>()
  let keys = new Map<string, Line>()
  let before: Line | undefined
  for (const line of received) {
    if (isEvent(line)) {
      const { position, key } = line.record
      const first = ids.get(position.id) ?? (key === null ? undefined : keys.get(key))
      if (first) yield violation(room, 'duplicate', `${key} reached ${actor} twice`, first, line)
      ids.set(position.id, line)
      if (key !== null) keys.set(key, line)
    } else if (isReplacement(room, line, before)) {
      keys = new Map()
    }
    before = line
  }
}
