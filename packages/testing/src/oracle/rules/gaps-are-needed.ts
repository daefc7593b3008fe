import type { Line } from '../evidence.ts'
import type { RecordOf } from '../oracle-record.ts'
import { violation, type RoomCase } from '../room-case.ts'
import type { Violation } from '../verdict.ts'

/** A gap is told only where loss was unavoidable, and it holds no more than was lost. */
export function* gapsAreNeeded(room: RoomCase): Generator<Violation> {
  const history = room.evidence.of('history')[0]?.record
  for (const gap of room.evidence.of('gap')) {
    const fault = gap.record.reason === 'trimmed' ? trimmedFault(room, gap, history) : replacedFault(room, gap, history)
    if (fault) yield violation(room, 'needless-gap', `${gap.record.actor} was told of a gap ${fault}`, gap)
  }
}

type History = RecordOf<'history'> | undefined

function trimmedFault(room: RoomCase, gap: Line<'gap'>, history: History): string | undefined {
  if (!history) return 'although this room forgets nothing'
  const { from, to } = gap.record
  const floor = highestFloor(room, gap, history)
  if (from.offset >= floor) return `after ${from.offset}, although everything after ${floor} was there`
  if (!history.hasSnapshot && to.offset > floor)
    return `up to ${to.offset}, although everything after ${floor} was there`
  return undefined
}

function replacedFault(room: RoomCase, gap: Line<'gap'>, history: History): string | undefined {
  const { reason, from, to } = gap.record
  const loss = room.evidence.of('loss').find(({ number }) => number < gap.number)
  if (!loss) return `"${reason}", although the store had lost nothing`
  if (room.lineage.has(from) === true) return `"${reason}" after ${from.offset}, which is still part of the history`
  if (reason !== 'epoch' || history?.hasSnapshot) return undefined
  const floor = history ? highestFloor(room, gap, history) : 0
  return to.offset > floor
    ? `up to ${to.offset} of the new history, although everything after ${floor} was there`
    : undefined
}

/**
 * Only what was attempted before the gap can have been in the log by then, so that its floor was not above this. What
 * nobody has seen counts too, where it may have been there: its outcome is unknown, or a later loss took it away.
 */
function highestFloor(room: RoomCase, gap: Line<'gap'>, history: NonNullable<History>): number {
  const { epoch } = gap.record.to
  const loss = room.evidence.of('loss').find(({ number }) => number > gap.number)
  let top = 0
  let unseen = 0
  for (const { attempts, sightings, refusals } of room.operations.values()) {
    if (!attempts[0] || attempts[0].number > gap.number) continue
    const first = sightings[0]?.line.number ?? (refusals.length > 0 ? 0 : Infinity)
    if (first > (loss?.number ?? Number.MAX_SAFE_INTEGER)) unseen++
    for (const { position } of sightings) if (position.epoch === epoch) top = Math.max(top, position.offset)
  }
  return Math.max(0, top + unseen - history.maxEvents)
}
