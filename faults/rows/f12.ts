import type { Fleet } from '../fleet/start-fleet.ts'
import type { Member } from '../load/member.ts'
import { startLoad, type Load } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import type { Findings } from './findings.ts'
import { isGone } from './is-gone.ts'
import { noGaps } from './no-gaps.ts'
import type { Row } from './row.ts'

/** Enough that half of them in one tenth of a second is no chance. */
const readers = 57
/** What a client does by default in the first second. */
const reconnect = { minDelayMs: 500, maxDelayMs: 2_000 }

/** The load balancer is reloaded, then killed and started again. */
export const f12: Row = {
  id: 'F12',
  async run(fleet, findings, { seed }) {
    await using load = await startLoad(fleet, { seed, readers, reconnect, rooms: 1 })
    const { balancer } = fleet
    const worker = await balancer.workerPid()
    await cutAll(fleet, load, findings, 'reloaded', () => balancer.reload())
    findings.fault('another worker serves', (await balancer.workerPid()) !== worker)

    const { pid } = balancer
    await cutAll(fleet, load, findings, 'killed', async () => {
      await balancer.kill()
      findings.fault('the load balancer is gone', isGone(pid))
      await balancer.restart()
    })
    await load.settle()
    noGaps(findings, load.members)
  },
}

/** Everybody loses the connection and comes back, not all at once and not all to one node. */
async function cutAll(
  fleet: Fleet,
  load: Load,
  findings: Findings,
  what: string,
  cut: () => Promise<void>,
): Promise<void> {
  const before = new Map(load.members.map((member) => [member, member.connectedAt.length]))
  const isBack = (member: Member): boolean =>
    member.connectedAt.length > before.get(member)! && load.rooms.every((room) => member.isIn(room))
  await cut()
  await until(`everybody is back after it was ${what}`, () => load.members.every(isBack))
  findings.fault(`${what}: everybody was cut`, load.members.every(isBack))
  await load.flows()
  const crowd = mostInTenth(load.members.map(({ connectedAt }) => connectedAt.at(-1) ?? 0))
  findings.result(`${what}: spread over time`, crowd <= load.members.length / 2, crowd)
  const perNode = fleet.nodes.map(({ name }) => load.on(name).length)
  findings.result(`${what}: spread over nodes`, Math.min(...perNode) > 0, perNode)
}

/** The most of these times, in ms, that fall into 100 ms. */
function mostInTenth(times: readonly number[]): number {
  const counts = times.map((from) => times.filter((time) => time >= from && time < from + 100).length)
  return Math.max(...counts)
}
