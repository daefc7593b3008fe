import { askRedis } from '@millrace/testing/faults'
import type { Fleet } from '../fleet/start-fleet.ts'
import { nodeDeathMs } from '../load/member.ts'
import { startLoad, type Load } from '../load/start-load.ts'
import { until } from '../load/until.ts'

import type { Findings } from './findings.ts'
import { gapsOf } from './gaps-of.ts'
import { isGone } from './is-gone.ts'
import type { Row } from './row.ts'
import { untilQuiet } from './until-quiet.ts'
import { worksAgain } from './works-again.ts'

/** Redis loses everything: it is killed and starts empty, then it is flushed. */
export const f04: Row = {
  id: 'F04',
  async run(fleet, findings, { seed, isLong }) {
    await using load = await startLoad(fleet, { seed })
    for (let round = 0; round < (isLong ? 3 : 1); round++) {
      await told(fleet, load, findings, 'killed', () => killed(fleet, load, findings, isLong))
      await told(fleet, load, findings, 'flushed', () => flushed(fleet, load, findings))
    }
    await load.settle()
    const codes = new Set(load.publishers.flatMap(({ refusals }) => refusals))
    findings.result('what was refused was UNAVAILABLE', [...codes].join('') === (codes.size > 0 ? 'UNAVAILABLE' : ''), [
      ...codes,
    ])
  },
}

/** Everybody is told once in each room that its history is another one. */
async function told(
  fleet: Fleet,
  load: Load,
  findings: Findings,
  what: string,
  lose: () => Promise<void>,
): Promise<void> {
  const places = [...load.members, ...load.ears].flatMap((member) => load.rooms.map((room) => ({ member, room })))
  const before = places.map(({ member, room }) => gapsOf(fleet.journal, member, room).length)
  const flicker = (): void => places.forEach(({ member, room }) => member.owes(true, nodeDeathMs, room))
  fleet.broken()
  flicker()
  await lose()
  // Whom nobody in Redis knows any more is there again with the next lease of its node.
  flicker()
  const healedAt = performance.now()
  fleet.healed()
  await worksAgain(fleet, load, findings, healedAt)
  const gaps = places.map(({ member, room }, index) => gapsOf(fleet.journal, member, room).slice(before[index]))
  findings.result(
    `${what}: everybody is told of one gap "epoch" in each room`,
    gaps.every((each) => each.length === 1 && each[0]?.reason === 'epoch'),
    gaps.map((each) => each.map(({ reason }) => reason)),
  )
}

async function killed(
  { redis, journal, nodes }: Fleet,
  load: Load,
  findings: Findings,
  isLong: boolean,
): Promise<void> {
  const runId = await redis.runId()
  const { pid } = redis
  await redis.kill()
  findings.fault('Redis is gone', isGone(pid))
  await untilQuiet(load)
  findings.fault(
    'publishes are under way',
    load.publishers.every(({ isIdle }) => !isIdle),
  )
  // As long as it takes until an outcome is told without Redis.
  if (isLong)
    await until('publishes were refused', () => load.publishers.every(({ refusals }) => refusals.length > 0), 60_000)
  findings.result(
    'no node is ready without Redis',
    (await Promise.all(nodes.map((node) => node.isReady()))).every((isReady) => isReady === false),
  )
  journal.lose('erased', load.rooms)
  await redis.restart({ isEmpty: true })
  findings.fault('it is another run', (await redis.runId()) !== runId)
}

/** While the nodes' bytes wait before Redis, so that what it answered before is told from what it does after. */
async function flushed({ redis, journal, nodes }: Fleet, load: Load, findings: Findings): Promise<void> {
  for (const { redisProxy } of nodes) redisProxy.hold('toTarget')
  await untilQuiet(load)
  journal.lose('erased', load.rooms)
  await askRedis(redis.port, 'FLUSHALL')
  const size = await askRedis(redis.port, 'DBSIZE')
  findings.fault('Redis holds nothing', size.startsWith(':0\r\n'), size)
  for (const { redisProxy } of nodes) redisProxy.restore()
}
