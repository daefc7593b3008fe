import { startTcpProxy, type TcpProxy } from '@millrace/testing/faults'
import type { Fleet } from '../fleet/start-fleet.ts'
import { startLoad, type Load } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import type { Findings } from './findings.ts'
import { noGaps } from './no-gaps.ts'
import type { Row } from './row.ts'
import { unacknowledged } from './unacknowledged.ts'

/** Longer than anything is on its way on this machine. */
const arrivedMs = 500

/** Acknowledgements are cut after the publish was stored: on their way to a client, and on their way to a node. */
export const f10: Row = {
  id: 'F10',
  async run(fleet, findings, { seed, isLong }) {
    await using front = await startTcpProxy(Number(new URL(fleet.url).port))
    await using load = await startLoad(fleet, { seed, url: `http://127.0.0.1:${front.port}` })
    const names = load.members.map(({ name }) => name)
    for (let round = 0; round < (isLong ? 10 : 1); round++) {
      await cut(fleet, load, findings, 'client', front, names)
      const node = fleet.node(load.members[round % load.publishers.length]!.node)
      const onIt = load.on(node.name).map(({ name }) => name)
      await cut(fleet, load, findings, 'node', node.redisProxy, onIt)
    }
    await load.settle()
    noGaps(findings, load.members)
  },
}

async function cut(
  fleet: Fleet,
  load: Load,
  findings: Findings,
  what: string,
  proxy: TcpProxy,
  actors: readonly string[],
): Promise<void> {
  const before = proxy.counts.droppedBytes.toClient
  fleet.broken()
  let stored: Caught = new Map()
  // A request claims its key before it publishes, and goes no further unanswered: a cut may fall between the two.
  await until('a cut falls between the storing and its acknowledgement', async () => {
    proxy.drop('toClient')
    stored = await caught(fleet, load, actors)
    if (stored.size > 0) return true
    proxy.restore()
    await load.flows(3)
    return false
  })
  const dropped = proxy.counts.droppedBytes.toClient - before
  findings.fault(`${what}: acknowledgements vanished`, dropped > 0 && stored.size > 0, { dropped, stored: stored.size })
  proxy.restore()
  fleet.healed()

  const acked = (key: string) => fleet.journal.records.find((record) => record.type === 'ack' && record.key === key)
  await until('each has its outcome', () => [...stored.keys()].every((key) => acked(key)))
  const moved = [...stored].filter(([key, position]) => {
    const ack = acked(key)
    return ack?.type !== 'ack' || ack.position.id !== position.id
  })
  findings.result(`${what}: the retry was told of the first effect`, moved.length === 0, moved)
  await load.flows()
}

type Caught = Awaited<ReturnType<typeof unacknowledged>>

/** What is stored and cut, once the network has been silent for long enough that what was on its way has arrived. */
async function caught(fleet: Fleet, load: Load, actors: readonly string[]): Promise<Caught> {
  const end = performance.now() + arrivedMs
  let stored: Caught = new Map()
  while (stored.size === 0 && performance.now() < end) stored = await unacknowledged(fleet, load, actors)
  return stored
}
