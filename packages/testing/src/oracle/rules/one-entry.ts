import type { Line } from '../evidence.ts'
import { violation, type RoomCase } from '../room-case.ts'
import type { Violation } from '../verdict.ts'

type Seen = Line<'event'> | Line<'stored'>

/** An id names one entry: wherever it is seen, it has the same place, key and payload. */
export function* oneEntry(room: RoomCase): Generator<Violation> {
  const known = new Map<string, Seen>()
  for (const line of [...room.evidence.of('event'), ...room.evidence.of('stored')]) {
    const { position } = line.record
    const first = known.get(position.id)
    if (first === undefined) known.set(position.id, line)
    else if (!isSame(first, line))
      yield violation(room, 'one-entry', `${position.id} is not the same entry everywhere`, first, line)
  }
  for (const line of room.evidence.of('ack')) {
    const entry = known.get(line.record.position.id)
    if (entry && (entry.record.key !== line.record.key || entry.record.position.offset !== line.record.position.offset))
      yield violation(room, 'one-entry', `the acknowledgement of ${line.record.key} names another entry`, line, entry)
  }
}

function isSame({ record: a }: Seen, { record: b }: Seen): boolean {
  const isSamePlace = a.position.offset === b.position.offset && a.position.epoch === b.position.epoch
  return isSamePlace && a.key === b.key && a.hash === b.hash
}
