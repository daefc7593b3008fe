import { startLoad } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import type { FaultNode } from '../fleet/fault-node.ts'
import type { RedisClientStats } from '../node/stats.ts'
import { noGaps } from './no-gaps.ts'
import type { Row } from './row.ts'

const foundMs = 10_000

/** The subscriptions of a node are half-open: its other connection to Redis works, and its TCP knows of nothing. */
export const f07: Row = {
  id: 'F07',
  async run(fleet, findings, { seed, isLong }) {
    await using load = await startLoad(fleet, { seed })
    const [publisher] = load.members
    for (let round = 0; round < (isLong ? 3 : 1); round++) {
      const victim = fleet.node(publisher!.node)
      const ear = load.ears[fleet.nodes.indexOf(victim)]!
      const { counts } = victim.redisProxy
      const droppedBefore = counts.droppedBytes.toClient
      const old = await subscriptions(victim)
      findings.fault('it has subscriptions', old.length > 0, old)

      fleet.broken()
      for (const { port } of old) victim.redisProxy.dropOne(port)
      const brokenAt = performance.now()
      // Whatever it opens from here on works, so that nothing but the node itself is in the way.
      fleet.healed()

      const published = acksOf(publisher!.name)
      await until('its members publish', () => acksOf(publisher!.name) >= published + 20)
      // By now it has handed on what had arrived before.
      const heard = ear.events
      await load.flows()
      const goals = load.rooms.map((room) => ({
        room,
        offset: load.ears.find((each) => each !== ear)!.position(room)!.offset,
      }))
      findings.fault('its members hear nothing', ear.events === heard, ear.events - heard)
      findings.fault('bytes vanished', counts.droppedBytes.toClient > droppedBefore, counts.droppedBytes)
      const deaf = (await subscriptions(victim)).filter((each) => isAmong(old, each))
      findings.fault(
        'ioredis takes them for ready',
        deaf.length === old.length && deaf.every(({ status }) => status === 'ready'),
        deaf,
      )

      await until('it says that it is not ready', async () => (await victim.isReady()) === false)
      await until('its members have what they missed', () =>
        goals.every(({ room, offset }) => (ear.position(room)?.offset ?? 0) >= offset),
      )
      const foundAfterMs = performance.now() - brokenAt
      findings.result(`found and repaired within ${foundMs} ms`, foundAfterMs <= foundMs, foundAfterMs)
      await until('it is ready', async () => (await victim.isReady()) === true)
      await until('its subscriptions are on other connections', async () => {
        const now = await subscriptions(victim)
        return now.length === old.length && !now.some((each) => isAmong(old, each))
      })
      await load.flows()
    }
    await load.settle()
    noGaps(findings, [...load.members, ...load.ears])

    function acksOf(actor: string): number {
      return fleet.journal.records.filter((record) => record.type === 'ack' && record.actor === actor).length
    }
  },
}

async function subscriptions(node: FaultNode): Promise<readonly RedisClientStats[]> {
  return (await node.stats()).redisClients.filter(({ isSubscriber, status }) => isSubscriber && status === 'ready')
}

function isAmong(others: readonly RedisClientStats[], { port }: RedisClientStats): boolean {
  return others.some((other) => other.port === port)
}
