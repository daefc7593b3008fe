import { groupByRoom } from './evidence.ts'
import type { OracleRecord, RecordType } from './oracle-record.ts'
import { openCase, type Rule } from './room-case.ts'
import { acknowledgedIsDelivered } from './rules/acknowledged-is-delivered.ts'
import { acknowledgedIsStored } from './rules/acknowledged-is-stored.ts'
import { gapsAreNeeded } from './rules/gaps-are-needed.ts'
import { membersInOrder } from './rules/members-in-order.ts'
import { noDuplicates } from './rules/no-duplicates.ts'
import { nothingInvented } from './rules/nothing-invented.ts'
import { oneEntry } from './rules/one-entry.ts'
import { onePosition } from './rules/one-position.ts'
import { reachesTheTop } from './rules/reaches-the-top.ts'
import { refusedDidNothing } from './rules/refused-did-nothing.ts'
import type { Counts, Verdict } from './verdict.ts'

const rules: readonly Rule[] = [
  membersInOrder,
  oneEntry,
  acknowledgedIsStored,
  acknowledgedIsDelivered,
  noDuplicates,
  nothingInvented,
  onePosition,
  refusedDidNothing,
  gapsAreNeeded,
  reachesTheTop,
]

/**
 * Holds what all actors of a run saw against the promises. A record's number is its index plus 1.
 *
 * The idea is that of Jepsen's checkers (https://jepsen.io): the run is only observed, and judged when it is over.
 */
export function judge(records: readonly OracleRecord[]): Verdict {
  const cases = groupByRoom(records).map(openCase)
  return {
    violations: cases.flatMap((room) => rules.flatMap((rule) => [...rule(room)])),
    counts: countRecords(records),
  }
}

function countRecords(records: readonly OracleRecord[]): Counts {
  const count = (type: RecordType) => records.filter((record) => record.type === type).length
  return {
    attempts: count('attempt'),
    acks: count('ack'),
    events: count('event'),
    gaps: count('gap'),
    losses: count('loss'),
  }
}
