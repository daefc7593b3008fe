import { nodeDeathMs } from '../load/member.ts'
import { startLoad } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import { isGone } from './is-gone.ts'
import { mostCrowded } from './most-crowded.ts'
import { noGaps } from './no-gaps.ts'
import type { Row } from './row.ts'

/** A node is killed. */
export const f01: Row = {
  id: 'F01',
  async run(fleet, findings, { seed }) {
    await using load = await startLoad(fleet, { seed })
    const victim = mostCrowded(fleet, load)
    const { pid } = victim
    // Its user dies with the node: nobody but the reaper can say so.
    const ghost = await load.add('ghost', victim.url)
    const cut = load.on(victim.name)
    const ear = load.ears[fleet.nodes.indexOf(victim)]!
    const before = new Map(cut.map((member) => [member, member.connectedAt.length]))

    const exit = await victim.kill()
    for (const gone of [ghost, ear]) await gone.die()
    for (const member of cut) member.owes(true, nodeDeathMs)
    findings.fault('the process is gone', exit.signal === 9 && isGone(pid), exit)
    findings.fault('it had clients', cut.length > 0, cut.length)

    await until('its clients are on other nodes', () =>
      cut.every(
        (member) => member.isConnected && member.node !== victim.name && load.rooms.every((room) => member.isIn(room)),
      ),
    )
    findings.fault(
      'its clients were cut',
      cut.every((member) => member.connectedAt.length === before.get(member)! + 1),
    )
    await load.flows()
    const others = load.ears.filter((each) => each !== ear)
    const usersOf = (observer: (typeof others)[number], room: string) =>
      observer
        .room(room)
        .presence.members()
        .map(({ id }) => id)
    await until('nobody sees who died with it', () =>
      others.every((observer) => load.rooms.every((room) => !usersOf(observer, room).includes(ghost.name))),
    )
    await load.settle()
    noGaps(findings, load.members)
  },
}
