import type { Fleet } from '../fleet/start-fleet.ts'
import { nodeDeathMs } from '../load/member.ts'
import type { Publisher } from '../load/publisher.ts'
import { startLoad, type Load } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import type { Findings } from './findings.ts'
import { longTroubles, shortTroubles, type Trouble } from './redis-troubles.ts'
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
    const slowest = (way: keyof Publisher['slowestMs']): number =>
      Math.round(Math.max(...load.publishers.map(({ slowestMs }) => slowestMs[way])))
    const direct = slowest('shown')
    findings.result('a publish is answered within the deadline', direct <= fleet.deadlineMs + onItsWayMs, direct)
    const requested = Math.max(slowest('say'), slowest('repeat'))
    findings.result(
      'a request is answered within those of what it does',
      requested <= operationsPerRequest * fleet.deadlineMs + onItsWayMs,
      requested,
    )
    const gaps = [...load.members, ...load.ears].reduce((sum, member) => sum + member.gaps, 0)
    findings.result('no gap', gaps === 0, gaps)
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
