import { samePosition } from '@millrace/contract'
import type { Evidence, Line } from './evidence.ts'
import { readLineage, type Lineage } from './lineage.ts'
import { readOperations, type Operation } from './operations.ts'
import { readSessions, type Session } from './session.ts'
import type { OracleRule, Violation } from './verdict.ts'

/** What the rules look at: the lines of one room, and what follows from them. */
export interface RoomCase {
  readonly evidence: Evidence
  readonly sessions: readonly Session[]
  readonly strays: readonly (Line<'event'> | Line<'gap'>)[]
  readonly operations: ReadonlyMap<string, Operation>
  readonly lineage: Lineage
}

export type Rule = (room: RoomCase) => Iterable<Violation>

export function openCase(evidence: Evidence): RoomCase {
  const { all: sessions, strays } = readSessions(evidence)
  return {
    evidence,
    sessions,
    strays,
    operations: readOperations(evidence),
    lineage: readLineage(evidence, sessions),
  }
}

export function violation(
  room: RoomCase,
  rule: OracleRule,
  message: string,
  ...lines: readonly (Line | undefined)[]
): Violation {
  const numbers = lines.flatMap((line) => (line ? [line.number] : []))
  return { rule, room: room.evidence.room, message, lines: [...new Set(numbers)].sort((a, b) => a - b) }
}

/**
 * Whether the store lost data after it had stored what this acknowledges: after the acknowledgement, or after somebody saw
 * the entry, since an acknowledgement may be on its way while the store loses what it is about.
 */
export function isLossAfter({ evidence, operations }: RoomCase, { record, number }: Line<'ack'>): boolean {
  const last = evidence.of('loss').at(-1)
  const { sightings = [] } = operations.get(record.key) ?? {}
  const first = sightings.find(({ position }) => samePosition(position, record.position))
  return last !== undefined && last.number > (first?.line.number ?? number)
}

/**
 * Whether a gap may stand for a history that was replaced. One that says `trimmed` does so where data was lost since
 * `before`, what the member got last: what stood at its place may have been lost first, and the place trimmed then.
 */
export function isReplacement(
  { evidence }: RoomCase,
  { record, number }: Line<'gap'>,
  before: Line | undefined,
): boolean {
  if (record.reason !== 'trimmed') return true
  return evidence.of('loss').some((loss) => loss.number < number && (!before || loss.number > before.number))
}
