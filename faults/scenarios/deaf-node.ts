import { startLoad } from '../load/start-load.ts'
import type { Scenario } from './scenario.ts'
import { comesToBe, takeStock } from './take-stock.ts'

/** The subscriptions of a node are half-open, and no comparison is made that could tell. */
export const deafNode: Scenario = {
  nodes: 2,
  start: { compareMs: 60_000 },
  async run(fleet, findings, { seed, patienceMs }) {
    await using load = await startLoad(fleet, { seed, rooms: 1, publishers: 1, readers: 0, pauseMs: 200 })
    const [room = ''] = load.rooms
    const [deaf, other] = load.ears
    const { redisProxy, ...victim } = fleet.nodes[0]!
    fleet.broken()
    for (const { isSubscriber, port } of (await victim.stats()).redisClients)
      if (isSubscriber && port > 0) redisProxy.dropOne(port)
    // Whatever it opens from here on works.
    fleet.healed()
    await load.flows(10)
    const goal = other!.position(room)!.offset
    findings.fault('bytes vanished', redisProxy.counts.droppedBytes.toClient > 0)
    findings.fault('its members hear nothing', deaf!.position(room)!.offset < goal, goal)
    await comesToBe(() => deaf!.position(room)!.offset >= goal, patienceMs)
    await takeStock(fleet, load, patienceMs / 10)
  },
}
