import { startTcpProxy } from '@millrace/testing/faults'
import { startLoad, type Load } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import type { Fleet } from '../fleet/start-fleet.ts'
import { noGaps } from './no-gaps.ts'
import type { Row } from './row.ts'

const clients = 1_000
const backMs = 30_000
/** Everything that is published reaches a thousand clients of this process, except while they are away. */
const slowMs = 1_000
const fastMs = 10

/** A thousand clients are cut at once, and miss what is published until they are back. */
export const f13: Row = {
  id: 'F13',
  async run(fleet, findings, { seed }) {
    await using front = await startTcpProxy(Number(new URL(fleet.url).port))
    const url = `http://127.0.0.1:${front.port}`
    // One publisher: on the other nodes nobody is left in the room, so that they forget what they heard.
    await using load = await startLoad(fleet, {
      seed,
      rooms: 1,
      kind: 'lane',
      publishers: 1,
      readers: 0,
      hasEars: false,
    })
    load.pace(slowMs)
    const crowd = await Promise.all(Array.from({ length: clients }, (_, index) => load.add(`client${index + 1}`, url)))
    const readsBefore = await rangeReads(fleet, load)
    const open = front.openConnections

    front.refuse()
    front.reset()
    const cutAt = performance.now()
    await until('they know', () => crowd.every(({ isConnected }) => !isConnected))
    findings.fault('so many connections were reset', open >= clients && front.openConnections === 0, open)
    const heard = crowd.reduce((sum, { events }) => sum + events, 0)
    load.pace(fastMs)
    await load.flows(100)
    load.pace(slowMs)
    findings.fault('they missed events', crowd.reduce((sum, { events }) => sum + events, 0) === heard)
    front.restore()
    await until('all are back', () => crowd.every((member) => load.rooms.every((room) => member.isIn(room))), 60_000)
    const tookMs = performance.now() - cutAt
    findings.result(`all are back within ${backMs} ms`, tookMs <= backMs, tookMs)
    await load.settle()

    const readsAfter = await rangeReads(fleet, load)
    const reads = readsAfter.map((count, index) => count - readsBefore[index]!)
    findings.result('at most two range reads per node', Math.max(...reads) <= 2, reads)
    findings.result(
      'nodes without members did read',
      reads.filter((count) => count > 0).length >= fleet.nodes.length - 1,
      reads,
    )
    noGaps(findings, crowd)
  },
}

/** Of the one room, per node. */
async function rangeReads({ nodes }: Fleet, { rooms: [room = ''] }: Load): Promise<readonly number[]> {
  const stats = await Promise.all(nodes.map((node) => node.stats()))
  return stats.map(({ rangeReads: counts }) =>
    Object.entries(counts).reduce((sum, [key, count]) => (key.includes(room) ? sum + count : sum), 0),
  )
}
