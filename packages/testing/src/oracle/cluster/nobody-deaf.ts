import type { HealRecord, HearingRecord } from './cluster-record.ts'
import type { ClusterRun, ClusterViolation } from './judge-cluster.ts'

/** A node may be deaf for so long before it must say that it is not ready, and after everything was healed. */
const deadlineMs = 10_000
/** An acknowledged event may be on its way for so long, on a machine that is busy. */
const onItsWayMs = 1_500

/** O7: a node that hears nothing says so, and hears again. */
export function* nobodyDeaf(run: ClusterRun): Generator<ClusterViolation> {
  const changes = [...run.of('heal'), ...run.of('break')].toSorted((a, b) => a.at - b.at)
  for (const hearing of run.of('hearing')) {
    const { actor, at, isReady, behindMs } = hearing
    if (isReady === true && behindMs > deadlineMs + onItsWayMs)
      yield {
        rule: 'hearing',
        message: `${actor} lacks an event of ${Math.round(behindMs)} ms ago and says that it is ready`,
        records: [hearing],
      }
    const change = changes.findLast((each) => each.at <= at)
    if (change?.type === 'heal' && isDeafAfter(change, hearing))
      yield { rule: 'hearing', message: `${actor} is deaf after everything was healed`, records: [change, hearing] }
  }
}

function isDeafAfter(heal: HealRecord, { at, behindMs }: HearingRecord): boolean {
  return at - heal.at > deadlineMs && behindMs > onItsWayMs
}
