import type { FaultNode } from '../fleet/fault-node.ts'
import { startLoad } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import type { Scenario } from './scenario.ts'
import { takeStock } from './take-stock.ts'

const maxPending = 20
/** Each waits for its own answer in each room, so that there are many at once. */
const publishers = 15
const rooms = 10
/** A command may be sent twice, and a node has some of its own. */
const allowance = 2 * maxPending + 20

/** Redis answers nobody while a crowd publishes: what waits for it is bounded, and the rest is refused. */
export const frozenRedis: Scenario = {
  nodes: 1,
  start: { maxPending, deadlineMs: 3_000 },
  async run(fleet, findings, { seed, patienceMs }) {
    const { redis, journal, nodes } = fleet
    const node = nodes[0]!
    await using load = await startLoad(fleet, { seed, rooms, publishers, readers: 0, kind: 'lane', hasEars: false })
    const tellLevel = (value: number, of: number | null): void =>
      journal.tell({ type: 'level', actor: node.name, what: 'commands without an answer', value, allowance: of })
    const decided = (): number =>
      load.publishers.reduce((sum, { refusals, unknown }) => sum + refusals.length + unknown, 0)
    await load.quiet()
    tellLevel(await sentBy(node), allowance)
    redis.freeze()
    const outcomes = load.publishers.flatMap((publisher) => load.rooms.map((room) => publisher.publish(room, 'shown')))
    let most = 0
    await until('all of them wait or are decided', async () => {
      const sent = await sentBy(node)
      most = Math.max(most, sent)
      return sent + decided() >= outcomes.length
    })
    tellLevel(most, null)
    redis.thaw()
    await Promise.all(outcomes)
    findings.fault('more were asked for than may wait', outcomes.length > allowance, outcomes.length)
    await takeStock(fleet, load, patienceMs)
  },
}

async function sentBy(node: FaultNode): Promise<number> {
  return (await node.stats()).redisClients.reduce((sum, { sent }) => sum + sent, 0)
}
