import { setTimeout as pause } from 'node:timers/promises'
import { seededRandom } from '@millrace/testing'
import { nodeDeathMs, type Member } from '../load/member.ts'
import { Publisher } from '../load/publisher.ts'
import { startLoad } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import { noGaps } from './no-gaps.ts'
import type { Row } from './row.ts'

const longCutMs = 30_000
const shortCutMs = 5_000
/** Shorter than the short cut, so that an outcome is told within it. */
const shortDeadlineMs = 2_000

/** A node is cut off from Redis: no byte passes, and no connection breaks. */
export const f11: Row = {
  id: 'F11',
  async run(fleet, findings, { seed, isLong }) {
    const victim = fleet.nodes[0]!
    await victim.kill()
    await victim.start(isLong ? {} : { deadlineMs: shortDeadlineMs })
    await fleet.heal()
    await using load = await startLoad(fleet, { seed })
    const neighbour = await load.add('neighbour', victim.url)
    // Volatile events of its own would wait for what it publishes: one connection's messages to a room are taken in order.
    const writer = await load.add('writer', victim.url)
    const ear = load.ears[0]!
    const other = load.ears[1]!
    const room = load.rooms[0]!
    const publisher = new Publisher({
      member: writer,
      random: seededRandom(seed),
      journal: fleet.journal,
      pauseMs: () => 0,
      onAck: () => undefined,
    })
    await publisher.publish(room, 'shown')
    const onIt = [ear, neighbour, writer, ...load.on(victim.name)]

    const { passedBytes } = victim.redisProxy.counts
    fleet.broken()
    victim.redisProxy.drop()
    const before = { ...passedBytes }
    const cutAt = performance.now()
    for (const member of onIt) member.owes(true, longCutMs + nodeDeathMs)
    let outcome = 'none'
    const published = publisher.publish(room, 'shown').then((position) => {
      outcome = position ? 'acknowledged' : publisher.unknown > 0 ? 'unknown' : 'refused'
    })
    await volatileFlows(neighbour, ear, room)
    findings.fault(
      'ioredis takes its connections for ready',
      (await victim.stats()).redisClients.some(({ status }) => status === 'ready'),
    )
    const heard = ear.events
    await load.flows()
    await until('it says that it is not ready', async () => (await victim.isReady()) === false)
    await until('the publish has its outcome', () => outcome !== 'none')
    await pause(Math.max(0, (isLong ? longCutMs : shortCutMs) - (performance.now() - cutAt)))
    await volatileFlows(neighbour, ear, room)
    findings.result('durable events were refused', outcome !== 'acknowledged', outcome)
    findings.fault('its members heard nothing durable', ear.events === heard, ear.events - heard)
    findings.fault(
      'no byte passed',
      passedBytes.toClient === before.toClient && passedBytes.toTarget === before.toTarget,
      [before, { ...passedBytes }],
    )

    const goal = other.position(room)!.offset
    victim.redisProxy.restore()
    fleet.healed()
    for (const member of onIt) member.owes(true, nodeDeathMs)
    await published
    await until('its members have what they missed', () =>
      onIt.every((member) => (member.position(room)?.offset ?? 0) >= goal),
    )
    await until('it is ready', async () => (await victim.isReady()) === true)
    await until('it takes durable events', async () => (await publisher.publish(room, 'shown')) !== undefined)
    await load.settle()
    noGaps(findings, [...onIt, ...load.members])
  },
}

/** From one member to another on the same node. @throws Error where it does not. */
async function volatileFlows(from: Member, to: Member, room: string): Promise<void> {
  const count = performance.now()
  let isHeard = false
  const off = to.room(room).on('typing', (typing) => {
    if (typing.count === count) isHeard = true
  })
  from.room(room).publish('typing', { count })
  await until('volatile events flow on the node', () => isHeard, 2_000)
  off()
}
