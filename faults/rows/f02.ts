import { startLoad, type Load } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import type { Findings } from './findings.ts'
import type { Fleet } from '../fleet/start-fleet.ts'
import type { FaultNode } from '../fleet/fault-node.ts'
import { isGone } from './is-gone.ts'
import { noGaps } from './no-gaps.ts'
import type { Row } from './row.ts'

/** So many that they are moved over seconds. */
const readers = 72

/** Every node is restarted, one after the other. */
export const f02: Row = {
  id: 'F02',
  async run(fleet, findings, { seed }) {
    await using load = await startLoad(fleet, { seed, rooms: 1, readers, pauseMs: 200, hasEars: false })
    const witness = load.members.at(-1)!
    await until(
      'it sees everybody',
      () => witness.room(load.rooms[0]!).presence.members().length === load.members.length,
    )
    const seen = witness.seen.length
    for (const node of fleet.nodes) await restart(node, fleet, load, findings)
    await load.settle()
    findings.result('the witness saw nobody come or leave', witness.seen.length === seen, witness.seen.slice(seen))
    noGaps(findings, load.members)
  },
}

async function restart(node: FaultNode, fleet: Fleet, load: Load, findings: Findings): Promise<void> {
  const { pid } = node
  const moved = load.on(node.name)
  const before = new Map(moved.map((member) => [member, member.connectedAt.length]))
  const exit = await node.term()
  findings.fault(`${node.name} ended`, exit.code === 0 && isGone(pid), exit)
  await until('its members are on other nodes', () =>
    moved.every((member) => member.node !== node.name && load.rooms.every((room) => member.isIn(room))),
  )
  findings.fault(`${node.name} had members`, moved.length >= 10, moved.length)
  const times = moved.flatMap((member) => member.connectedAt.slice(before.get(member))).toSorted((a, b) => a - b)
  findings.result('nobody was moved twice', times.length === moved.length, times.length)
  const seconds = (times.at(-1)! - times[0]!) / 1_000
  const most = Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1_000).length))
  findings.result('no second has more than twice the mean', most <= (2 * times.length) / Math.max(1, seconds), {
    most,
    of: times.length,
    seconds,
  })
  await fleet.heal()
  await load.flows(3)
}
