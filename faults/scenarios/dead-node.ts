import { nodeDeathMs } from '../load/member.ts'
import { startLoad } from '../load/start-load.ts'
import { isGone } from '../rows/is-gone.ts'
import type { Scenario } from './scenario.ts'
import { comesToBe, takeStock } from './take-stock.ts'

/** A node is killed together with a user of its own: nobody but another node can say that it is gone. */
export const deadNode: Scenario = {
  nodes: 2,
  start: {},
  async run(fleet, findings, { seed, patienceMs }) {
    await using load = await startLoad(fleet, { seed, rooms: 1, publishers: 1, readers: 0, pauseMs: 200 })
    const [room = ''] = load.rooms
    const [observer, ear] = load.ears
    const victim = fleet.nodes[1]!
    const ghost = await load.add('ghost', victim.url)
    const sees = (): boolean =>
      observer!
        .room(room)
        .presence.members()
        .some(({ id }) => id === ghost.name)
    findings.fault('it was seen', await comesToBe(sees, patienceMs))
    const { pid } = victim
    for (const member of load.on(victim.name)) member.owes(true, nodeDeathMs)
    await victim.kill()
    findings.fault('the process is gone', isGone(pid))
    for (const gone of [ghost, ear!]) await gone.die()
    await comesToBe(() => !sees(), patienceMs)
    await takeStock(fleet, load, patienceMs)
  },
}
