import { askRedis } from '@millrace/testing/faults'
import { startLoad } from '../load/start-load.ts'
import { Rewind } from './rewind.ts'
import type { Row } from './row.ts'
import { untilQuiet } from './until-quiet.ts'
import { worksAgain } from './works-again.ts'

/** Redis starts from a snapshot that is older than what clients have seen. */
export const f05: Row = {
  id: 'F05',
  async run(fleet, findings, { seed, isLong }) {
    for (let round = 0; round < (isLong ? 3 : 1); round++) {
      const { redis, journal } = fleet
      await using load = await startLoad(fleet, { seed: seed + round })
      await using rewind = await Rewind.begin(fleet, load)
      const saved = await askRedis(redis.port, 'SAVE')
      findings.fault('a snapshot was saved', saved.startsWith('+OK'), saved)
      await rewind.pass()

      const runId = await redis.runId()
      fleet.broken()
      rewind.owes()
      await redis.kill()
      await untilQuiet(load)
      journal.lose('restored', load.rooms)
      await redis.restart()
      findings.fault('it is another run', (await redis.runId()) !== runId)
      const healedAt = performance.now()
      fleet.healed()
      rewind.owes()
      await worksAgain(fleet, load, findings, healedAt, rewind)
      await rewind.end(findings)
    }
  },
}
