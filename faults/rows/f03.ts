import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { nodeDeathMs } from '../load/member.ts'
import { startLoad } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import { mostCrowded } from './most-crowded.ts'
import { noGaps } from './no-gaps.ts'
import type { Row } from './row.ts'

/** A node is frozen: shorter, and longer than its lease of 9 s. */
export const f03: Row = {
  id: 'F03',
  async run(fleet, findings, { seed, isLong }) {
    for (const frozenMs of isLong ? [3_000, 20_000] : [3_000]) {
      await using load = await startLoad(fleet, { seed })
      const victim = mostCrowded(fleet, load)
      const ear = load.ears[fleet.nodes.indexOf(victim)]!
      const others = load.ears.filter((each) => each !== ear)
      const onIt = [ear, ...load.on(victim.name)]
      for (const member of onIt) member.owes(true, frozenMs + nodeDeathMs)

      fleet.broken()
      victim.freeze()
      await until('it is stopped', () => isStopped(victim.pid))
      findings.fault('it answers nobody', (await victim.isReady()) === undefined)
      const before = ear.events
      await pause(frozenMs)
      await load.flows()
      findings.fault(
        'others went on and its members heard nothing',
        ear.events === before &&
          load.rooms.every((room) => others.every((other) => isAhead(other.position(room), ear.position(room)))),
        ear.events - before,
      )
      victim.thaw()
      fleet.healed()

      const goals = new Map(load.rooms.map((room) => [room, others[0]!.position(room)!.offset]))
      await until('its members have what they missed', () =>
        onIt.every((member) => load.rooms.every((room) => (member.position(room)?.offset ?? 0) >= goals.get(room)!)),
      )
      await load.flows()
      await load.settle()
      noGaps(findings, [...load.members, ...load.ears])
    }
  },
}

/** State T in `/proc`: stopped by a signal. */
function isStopped(pid: number): boolean {
  return /\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

function isAhead(
  one: { readonly offset: number } | undefined,
  other: { readonly offset: number } | undefined,
): boolean {
  return (one?.offset ?? 0) > (other?.offset ?? 0)
}
