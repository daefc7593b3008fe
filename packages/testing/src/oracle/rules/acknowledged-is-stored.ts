import { isLossAfter, violation, type RoomCase } from '../room-case.ts'
import type { Violation } from '../verdict.ts'

/** What was acknowledged is in the log at the end, unless it was trimmed or the store lost data later. */
export function* acknowledgedIsStored(room: RoomCase): Generator<Violation> {
  const { top } = room.lineage
  if (!top) return
  yield* brokenChain(room, top.id)
  for (const line of room.evidence.of('ack')) {
    const { key, position } = line.record
    if (room.lineage.has(position) !== false || isLossAfter(room, line)) continue
    yield violation(room, 'stored', `${key} was acknowledged at ${position.offset} and is not in the log`, line)
  }
}

/** The entries that the log retains lead from one to the next and up to its top. */
function* brokenChain(room: RoomCase, topId: string): Generator<Violation> {
  const stored = room.evidence.of('stored')
  for (const [index, line] of stored.entries()) {
    const before = stored[index - 1]
    const { position, prev } = line.record
    if (before && (before.record.position.id !== prev || before.record.position.offset + 1 !== position.offset))
      yield violation(room, 'stored', `the log holds a hole before ${position.offset}`, before, line)
  }
  const last = stored.at(-1)
  if (last && last.record.position.id !== topId)
    yield violation(room, 'stored', 'the top of the log is not its last entry', last, room.evidence.of('top').at(-1))
}
