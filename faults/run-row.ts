import { inspect } from 'node:util'
import { formatVerdict, judge, judgeCluster } from '@millrace/testing'
import type { Fleet } from './fleet/start-fleet.ts'
import { Findings } from './rows/findings.ts'
import type { Row, RowOptions } from './rows/row.ts'

/** What `npm run faults` prints. */
export interface RowResult {
  readonly row: string
  readonly seed: number
  readonly ok: boolean
  /** Violations of each oracle, O1 to O11, that the records of this row can break. */
  readonly oracles: Readonly<Record<string, number>>
  readonly failures: readonly string[]
}

/** The rules of the two judges, as the oracles are called. */
const oracles = {
  O1: ['order'],
  O2: ['delivered', 'stored', 'behind'],
  O3: ['duplicate'],
  O4: ['invented', 'one-entry'],
  O5: ['one-position', 'refused'],
  O6: ['alive'],
  O7: ['hearing'],
  O8: ['baseline'],
  O9: ['presence'],
  O10: ['revoked'],
  O11: ['needless-gap'],
} as const

export async function runRow(row: Row, fleet: Fleet, options: RowOptions): Promise<RowResult> {
  await fleet.heal()
  const { journal } = fleet
  journal.begin()
  const findings = new Findings()
  const failures: string[] = []
  try {
    await row.run(fleet, findings, options)
  } catch (error) {
    failures.push(inspect(error))
  }
  const verdict = judge(journal.records)
  const clusterVerdict = judgeCluster(journal.cluster)
  const { attempts, acks, events } = verdict.counts
  if (Math.min(attempts, acks, events) === 0) failures.push('the rooms carried nothing')
  if (verdict.violations.length > 0) failures.push(formatVerdict(verdict, journal.records, options.seed))
  for (const { rule, message, records } of clusterVerdict.violations.slice(0, 10))
    failures.push(`${rule}: ${message} ${JSON.stringify(records)}`)
  failures.push(...findings.failures)
  const broken = [...verdict.violations, ...clusterVerdict.violations].map(({ rule }): string => rule)
  const counts = Object.entries(oracles).map(([name, rules]: [string, readonly string[]]) => [
    name,
    broken.filter((rule) => rules.includes(rule)).length,
  ])
  return {
    row: row.id,
    seed: options.seed,
    ok: failures.length === 0,
    oracles: Object.fromEntries(counts) as Record<string, number>,
    failures,
  }
}
