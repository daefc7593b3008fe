import { violation, type RoomCase } from '../room-case.ts'
import type { Operation, Sighting } from '../operations.ts'
import type { Violation } from '../verdict.ts'

/**
 * A key has one place in the log. After each loss of data a retried key may get a new one; then the old place is not part
 * of the history any more.
 */
export function* onePosition(room: RoomCase): Generator<Violation> {
  const losses = room.evidence.of('loss').length
  for (const operation of room.operations.values()) {
    const { key, sightings } = operation
    if (sightings.length < 2) continue
    const left = sightings.filter(({ position }) => room.lineage.has(position) === true)
    if (sightings.length > losses + 1) yield twice(room, key, sightings)
    else if (left.length > 1) yield twice(room, key, left)
  }
}

function twice(room: RoomCase, key: Operation['key'], sightings: readonly Sighting[]): Violation {
  const offsets = sightings.map(({ position }) => position.offset).join(' and ')
  return violation(room, 'one-position', `${key} stands at ${offsets}`, ...sightings.map(({ line }) => line))
}
