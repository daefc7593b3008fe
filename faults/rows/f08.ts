import type { Fleet } from '../fleet/start-fleet.ts'
import { nodeDeathMs } from '../load/member.ts'
import { startLoad, type Load } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import type { Findings } from './findings.ts'
import { longTroubles, shortTroubles, type Trouble } from './redis-troubles.ts'
import { noGaps } from './no-gaps.ts'
import type { Row } from './row.ts'
import { worksAgain } from './works-again.ts'

/** For the way to Redis and back on a machine that is busy. */
const onItsWayMs = 1_000
/** A request claims its key, publishes, and gives the key back where that was refused. */
const operationsPerRequest = 3

/** Redis lives, and does not do what it is asked. */
export const f08: Row = {
  id: 'F08',
  async run(fleet, findings, { seed, isLong }) {
    await using load = await startLoad(fleet, { seed, rooms: 1 })
    for (const trouble of isLong ? longTroubles : shortTroubles) await endure(trouble, fleet, load, findings)
    await load.settle()
    noGaps(findings, [...load.members, ...load.ears])
  },
}

async function endure(trouble: Trouble, fleet: Fleet, load: Load, findings: Findings): Promise<void> {
  const { name, begin, end } = trouble
  const isHarmless = trouble.isHarmless(fleet.deadlineMs)
  const before = outcomes(load)
  const owe = (): void => [...load.members, ...load.ears].forEach((member) => member.owes(true, nodeDeathMs))
  fleet.broken()
  owe()
  try {
    await begin(fleet, (says, holds, seen) => findings.fault(`${name}: ${says}`, holds, seen))
    if (isHarmless) await load.flows(5)
    else
      await until(`${name}: publishes fail`, () => outcomes(load).failed > before.failed, 3 * fleet.deadlineMs + 5_000)
  } finally {
    await end(fleet)
  }
  const healedAt = performance.now()
  fleet.healed()
  owe()
  await worksAgain(fleet, load, findings, healedAt)
  const slowest = load.publishers.map((publisher) => publisher.takeSlowest())
  const direct = Math.max(...slowest.map(({ shown }) => shown))
  findings.result(`${name}: a publish is answered in time`, direct <= fleet.deadlineMs + onItsWayMs, direct)
  const requested = Math.max(...slowest.flatMap(({ say, repeat }) => [say, repeat]))
  findings.result(
    `${name}: a request is answered in time`,
    requested <= operationsPerRequest * fleet.deadlineMs + onItsWayMs,
    requested,
  )
  const after = outcomes(load)
  if (isHarmless) findings.result(`${name}: every publish is acknowledged`, after.failed === before.failed, after)
  const codes = after.codes.slice(before.codes.length)
  findings.result(
    `${name}: what was refused is UNAVAILABLE`,
    codes.every((code) => code === 'UNAVAILABLE'),
    codes,
  )
}

interface Outcomes {
  readonly codes: readonly string[]
  /** Refused or unknown. */
  readonly failed: number
}

function outcomes({ publishers }: Load): Outcomes {
  const codes = publishers.flatMap(({ refusals }) => refusals)
  return { codes, failed: publishers.reduce((sum, { unknown }) => sum + unknown, codes.length) }
}
