import { expect, test } from 'vitest'
import { startBenchRedis } from '../bench-redis.ts'
import { clusterContenderNames, clusterContenders, type ClusterContenderName } from '../cluster/cluster-node.ts'
import { startNodeControl } from '../cluster/node-control.ts'
import { volatileRoom } from '../cluster/rooms.ts'
import { ClusterLoad } from '../load/cluster-load.ts'

const publishing = 0
const receiving = 1

async function open(name: ClusterContenderName) {
  const redis = await startBenchRedis(undefined)
  const nodes = await Promise.all([clusterContenders[name](redis.url), clusterContenders[name](redis.url)])
  const addresses = []
  for (const node of nodes) addresses.push({ port: node.port, controlPort: await startNodeControl(node) })
  const load = await ClusterLoad.open(name, addresses)
  return {
    load,
    nodes,
    settled: () => Promise.all(nodes.map((node) => node.settled())),
    async [Symbol.asyncDispose]() {
      await load.disconnect()
      load.close()
      await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()))
      await redis[Symbol.asyncDispose]()
    },
  }
}

test.each(clusterContenderNames)(
  '%s delivers to members of other nodes, each publish once, in each room',
  async (name) => {
    await using opened = await open(name)
    const { load, settled } = opened
    for (const room of [0, 1]) await load.connect(1, `room-${room}`, publishing)
    await load.connect(3, 'room-1', receiving)
    await settled()
    const inTurns = await load.publish({ rooms: [0, 1], times: 7 })
    const paused = await load.publish({ rooms: [0, 1], times: 3, pauseMs: 1 })
    const atOnce = await load.publish({ rooms: [0, 1], times: 7, isParallel: true })
    await load.check()
    expect([inTurns, paused, atOnce].map(({ operations }) => operations)).toEqual([7, 3, 7])
  },
)

test.each(clusterContenderNames)('%s delivers volatile events to members of both nodes', async (name) => {
  await using opened = await open(name)
  const { load, settled } = opened
  for (const node of [publishing, receiving]) await load.connect(2, 'volatile', node)
  await settled()
  await load.publish({ rooms: [volatileRoom], times: 5 })
  await load.check()
})

test.each(['redis-streams-adapter', 'millrace'] as const)(
  '%s recovers on another node what was missed',
  async (name) => {
    await using opened = await open(name)
    const { load, nodes, settled } = opened
    await load.connect(4, 'room-0', publishing)
    await settled()
    await load.publish({ rooms: [0], times: 2 })
    await load.cut()
    await expect.poll(() => nodes[publishing]?.connections).toBe(1)
    await load.publish({ rooms: [0], times: 10 })
    const { operations } = await load.recover(receiving, 10)
    await load.publish({ rooms: [0], times: 1 })
    await load.check()
    expect(operations).toBe(3)
  },
)

test('a server that recovers nothing fails the run', async () => {
  await using opened = await open('redis-streams-adapter')
  const { load, settled } = opened
  await load.connect(2, 'room-0', publishing)
  await settled()
  await expect(load.cut()).rejects.toThrow('client 1 cannot come back; publish something before')
})

test('a client that missed an event fails the check', async () => {
  await using opened = await open('millrace')
  const { load, nodes, settled } = opened
  await load.connect(1, 'room-0', publishing)
  await settled()
  await load.publish({ rooms: [0], times: 1 })
  nodes[publishing]?.publish('room-0', { seq: 3, at: 0, text: 'one is missing' })
  await expect(load.check()).rejects.toThrow('delivery 3 came where 2 was next: 1 missing')
})
