import { violation, type RoomCase } from '../room-case.ts'
import type { Violation } from '../verdict.ts'

/** An operation that was refused left no trace. What cannot be known is `unknown`, never a refusal. */
export function* refusedDidNothing(room: RoomCase): Generator<Violation> {
  for (const { key, refusals, sightings } of room.operations.values()) {
    const [refusal] = refusals
    const [sighting] = sightings
    if (refusal && sighting)
      yield violation(
        room,
        'refused',
        `${key} was refused with ${refusal.record.code} and happened`,
        refusal,
        sighting.line,
      )
  }
}
