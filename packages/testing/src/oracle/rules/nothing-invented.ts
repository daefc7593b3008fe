import { violation, type RoomCase } from '../room-case.ts'
import type { Violation } from '../verdict.ts'

/** Every event and every stored entry is what somebody attempted to publish, and no event came before its attempt. */
export function* nothingInvented(room: RoomCase): Generator<Violation> {
  for (const line of [...room.evidence.of('event'), ...room.evidence.of('stored')]) {
    const { key, hash, type, position } = line.record
    const attempts = key === null ? [] : (room.operations.get(key)?.attempts ?? [])
    const [first] = attempts
    if (!first) yield violation(room, 'invented', `nobody attempted to publish what stands at ${position.offset}`, line)
    else if (type === 'event' && line.number < first.number)
      yield violation(room, 'invented', `${key} was there before it was attempted`, line, first)
    else if (attempts.every((attempt) => attempt.record.hash !== hash))
      yield violation(room, 'invented', `${key} has another payload than was attempted`, first, line)
  }
}
