import type { OracleRecord } from './oracle-record.ts'
import type { Verdict, Violation } from './verdict.ts'

const maxViolations = 20

/** For a person: the seed, how often each rule was broken, and the first violations with the lines that show them. */
export function formatVerdict(verdict: Verdict, records: readonly OracleRecord[], seed: number): string {
  const { violations, counts } = verdict
  const judged = Object.entries(counts).map(([name, count]) => `${count} ${name}`)
  const head = `seed ${seed}: ${violations.length} violations in ${judged.join(', ')}`
  if (violations.length === 0) return head
  const rest = violations.length - maxViolations
  return [
    `${head} (${countRules(violations)})`,
    ...violations.slice(0, maxViolations).flatMap((violation) => formatViolation(violation, records)),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ].join('\n')
}

function countRules(violations: readonly Violation[]): string {
  const counts = new Map<string, number>()
  for (const { rule } of violations) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  return [...counts].map(([rule, count]) => `${rule} ${count}`).join(', ')
}

function formatViolation({ rule, room, message, lines }: Violation, records: readonly OracleRecord[]): string[] {
  return [
    `${rule} in ${room}: ${message}`,
    ...lines.map((number) => `  line ${number}: ${JSON.stringify(records[number - 1])}`),
  ]
}
