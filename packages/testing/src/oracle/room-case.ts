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

/** Whether the store lost data after this line. */
export function isLossAfter({ evidence }: RoomCase, line: Line): boolean {
  const last = evidence.of('loss').at(-1)
  return last !== undefined && last.number > line.number
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
