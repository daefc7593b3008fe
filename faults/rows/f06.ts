import { askRedis, untilRedisSays, type RedisServer, type SentinelSet } from '@millrace/testing/faults'
import type { Fleet } from '../fleet/start-fleet.ts'
import { nodeDeathMs } from '../load/member.ts'
import { startLoad, type Load } from '../load/start-load.ts'
import type { Findings } from './findings.ts'
import { gapsOf } from './gaps-of.ts'
import { isGone } from './is-gone.ts'
import { Rewind } from './rewind.ts'
import type { Row } from './row.ts'
import { untilQuiet } from './until-quiet.ts'
import { worksAgain } from './works-again.ts'

/** Sentinels make the replica the master: as planned, then where it lacks what was written last. */
export const f06: Row = {
  id: 'F06',
  fleet: { hasSentinel: true },
  async run(fleet, findings, { seed, isLong }) {
    const { sentinels } = fleet
    if (sentinels === undefined) throw new Error('this row needs Sentinels; start the fleet with hasSentinel')
    // A machine that is busy makes them take a shorter silence for a death.
    await sentinels.set('down-after-milliseconds', 2_000)
    for (let round = 0; round < (isLong ? 3 : 1); round++) {
      await using load = await startLoad(fleet, { seed: seed + round })
      await planned(fleet, sentinels, load, findings)
      await unplanned(fleet, sentinels, load, findings)
    }
  },
}

/** Writes wait until the replica has everything; then the roles change. */
async function planned(fleet: Fleet, sentinels: SentinelSet, load: Load, findings: Findings): Promise<void> {
  const before = await sentinels.master()
  const after = other(sentinels, before)
  fleet.broken()
  for (const member of [...load.members, ...load.ears]) member.owes(true, nodeDeathMs)
  await askRedis(before.port, `CLIENT PAUSE ${pauseMs} WRITE`)
  await sentinels.replicated()
  await sentinels.failover()
  // The Sentinel itself would see to that 8 s later.
  await askRedis(before.port, `REPLICAOF 127.0.0.1 ${after.port}`)
  await askRedis(before.port, 'CLIENT UNPAUSE')
  findings.fault('planned: the roles have changed', (await isMaster(after)) && !(await isMaster(before)))
  const healedAt = performance.now()
  fleet.healed()
  await worksAgain(fleet, load, findings, healedAt)
  const gaps = [...load.members, ...load.ears].flatMap((member) =>
    load.rooms.flatMap((room) => gapsOf(fleet.journal, member, room)),
  )
  findings.result('planned: no gap', gaps.length === 0, gaps)
}

/** Longer than a planned failover takes, and it ends with it. */
const pauseMs = 10_000

/** The replica hears nothing more of its master, which goes on for a while and dies. */
async function unplanned(fleet: Fleet, sentinels: SentinelSet, load: Load, findings: Findings): Promise<void> {
  const before = await sentinels.master()
  const after = other(sentinels, before)
  await using rewind = await Rewind.begin(fleet, load)
  const fork = /\d+/.exec(await askRedis(before.port, 'INCR fork'))?.[0] ?? ''
  await untilRedisSays(after.port, 'GET fork', new RegExp(`\r\n${fork}\r\n`))
  await sentinels.set('failover-timeout', 60_000)
  // Nobody listens there. It keeps what it has.
  await askRedis(after.port, 'REPLICAOF 127.0.0.1 1')
  await rewind.pass()
  await sentinels.set('failover-timeout', 3_000)
  const { pid } = before
  fleet.broken()
  rewind.owes()
  await before.kill()
  await untilQuiet(load)
  fleet.journal.lose('restored', load.rooms)
  findings.fault('with lost writes: the master is gone', isGone(pid))
  await sentinels.promoted(after)
  findings.fault('with lost writes: the replica is the master', await isMaster(after))
  const healedAt = performance.now()
  fleet.healed()
  rewind.owes()
  await worksAgain(fleet, load, findings, healedAt, rewind)
  await rewind.end(findings)
  await before.restart({ isEmpty: true, options: ['--replicaof', '127.0.0.1', `${after.port}`] })
}

function other({ servers }: SentinelSet, server: RedisServer): RedisServer {
  return servers[0] === server ? servers[1] : servers[0]
}

async function isMaster({ port }: RedisServer): Promise<boolean> {
  return (await askRedis(port, 'ROLE')).includes('\r\nmaster\r\n')
}
