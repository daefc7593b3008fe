import { askRedis, startTcpProxy } from '@millrace/testing/faults'
import { startLoad } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import type { Scenario } from './scenario.ts'
import { takeStock } from './take-stock.ts'

/** Redis is restored from an older snapshot while a member is away, and gives out again the offsets that it has seen. */
export const restoredRedis: Scenario = {
  nodes: 1,
  start: {},
  async run(fleet, findings, { seed, patienceMs }) {
    const { redis, journal, nodes } = fleet
    await using way = await startTcpProxy(nodes[0]!.port)
    await using load = await startLoad(fleet, { seed, rooms: 1, publishers: 1, readers: 0, hasEars: false })
    const [room = ''] = load.rooms
    const [publisher] = load.members
    const traveller = await load.add('traveller', `http://127.0.0.1:${way.port}`)
    await load.flows(5)
    await askRedis(redis.port, 'SAVE')
    const saved = publisher!.position(room)!
    await load.flows(5)
    await until('it has seen more than was saved', () => traveller.position(room)!.offset > saved.offset + 5)
    way.refuse()
    way.reset()
    await until('it is away', () => !traveller.isConnected)
    const stood = traveller.position(room)!

    const runId = await redis.runId()
    await redis.kill()
    journal.lose('restored', load.rooms)
    await redis.restart()
    findings.fault('it is another run', (await redis.runId()) !== runId)
    const again = load.acks(room) + stood.offset - saved.offset + 3
    await until('its offset was given out again', () => load.acks(room) >= again)
    way.restore()
    await until('it is back', () => traveller.isIn(room))
    await load.flows(5)
    await takeStock(fleet, load, patienceMs)
    findings.fault('the history goes on', publisher!.position(room)!.epoch === stood.epoch)
  },
}
