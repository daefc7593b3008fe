import { startLoad } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import type { Scenario } from './scenario.ts'
import { takeStock } from './take-stock.ts'

/** Less than the message of any entry, more than that of a probe, bytes. */
const messageBytes = 150

/** The last message of a room is lost on its way to the node that published it. Only a comparison with Redis tells. */
export const lostMessage: Scenario = {
  nodes: 2,
  start: { compareMs: 1_000 },
  async run(fleet, findings, { seed, patienceMs }) {
    await using load = await startLoad(fleet, { seed, rooms: 1, publishers: 1, readers: 1 })
    const [room = ''] = load.rooms
    const victim = fleet.node(load.members[0]!.node)
    const [deaf, other] = victim === fleet.nodes[0] ? load.ears : load.ears.toReversed()
    await load.quiet()

    const { redisClients } = await victim.stats()
    const { counts } = victim.redisProxy
    const before = counts.droppedBytes.toClient
    const ends = redisClients
      .filter(({ isSubscriber, port }) => isSubscriber && port > 0)
      .map(({ port }) => victim.redisProxy.dropOne(port, 'toClient'))
    const top = await load.publishers[0]!.publish(room, 'repeat')
    await until('the others have heard it', () => other!.position(room)?.id === top?.id)
    await until('it is lost', () => counts.droppedBytes.toClient - before > messageBytes)
    for (const end of ends) end()
    findings.fault('a member of that node lacks it', deaf!.position(room)?.id !== top?.id)

    await takeStock(fleet, load, patienceMs)
  },
}
