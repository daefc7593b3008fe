import type { ClusterRun, ClusterViolation } from './judge-cluster.ts'

/** O8: what a process holds when everybody has left is what it held before anybody came. */
export function* backToBaseline(run: ClusterRun): Generator<ClusterViolation> {
  const levels = run.of('level')
  for (const level of levels.filter(({ allowance }) => allowance === null)) {
    const { actor, what, value, at } = level
    const baseline = levels.findLast(
      (each) => each.actor === actor && each.what === what && each.allowance !== null && each.at <= at,
    )
    if (!baseline) yield { rule: 'baseline', message: `${what} of ${actor} has no baseline`, records: [level] }
    else if (value > baseline.value + (baseline.allowance ?? 0))
      yield {
        rule: 'baseline',
        message: `${what} of ${actor} was ${baseline.value} and is ${value}`,
        records: [baseline, level],
      }
  }
}
