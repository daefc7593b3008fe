import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from '@millrace/client'
import { payloadHash, seededRandom } from '@millrace/testing'
import { Redis } from 'ioredis'
import { faultContract } from '../contract.ts'
import type { FaultNode } from '../fleet/fault-node.ts'
import type { Fleet } from '../fleet/start-fleet.ts'
import { Publisher } from '../load/publisher.ts'
import { startLoad, type Load } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import type { Findings } from './findings.ts'
import { noGaps } from './no-gaps.ts'
import type { Row } from './row.ts'
import { tokenOutcome } from './token-outcome.ts'

const hourMs = 3_600_000
const minuteMs = 60_000
/** Where control messages arrive (P9). */
const revokedMs = 1_000
/** Of a node in Redis. */
const leaseMs = 9_000

/** The clock of one node is an hour off: ahead, and in the long form also behind. */
export const f14: Row = {
  id: 'F14',
  async run(fleet, findings, { seed, isLong }) {
    const victim = fleet.nodes[0]!
    for (const clockOffsetMs of isLong ? [hourMs, -hourMs] : [hourMs]) {
      await victim.kill()
      await victim.start({ clockOffsetMs })
      await fleet.heal()
      await using load = await startLoad(fleet, { seed, rooms: 1 })
      await clocks(fleet, load, findings, clockOffsetMs, victim)
      await keys(fleet, load, findings)
      await tokens(fleet, findings)
      await revocation(fleet, victim, `revoked${clockOffsetMs}`)

      const witness = load.ears[1]!
      const names = new Set([...load.members, ...load.ears].map(({ name }) => name))
      const seen = witness.seen.length
      // Several reapings of its own in the short form; in the long one a lease could lapse.
      await pause(isLong ? leaseMs + 3_000 : 3_000)
      const gone = witness.seen.slice(seen).filter((each) => names.has(each.slice(1)))
      findings.result('nobody is taken for gone', gone.length === 0, gone)
      await leases(fleet, findings)
      await load.settle()
      noGaps(findings, [...load.members, ...load.ears])
    }
  },
}

/** Volatile events tell the clock of their node, durable ones that of Redis. */
async function clocks(
  { journal }: Fleet,
  load: Load,
  findings: Findings,
  offsetMs: number,
  victim: FaultNode,
): Promise<void> {
  const [room = ''] = load.rooms
  const heard: { volatile?: number; durable?: number } = {}
  const author = await load.add('author', victim.url)
  const ear = load.ears[1]!.room(room)
  ear.on('typing', (_, { at }) => (heard.volatile = at - Date.now()))
  ear.on('shown', (_, { at, from }) => {
    if (from === author.name) heard.durable = at - Date.now()
  })
  author.room(room).publish('typing', { count: 0 })
  const random = seededRandom(offsetMs)
  const publisher = new Publisher({ member: author, random, journal, pauseMs: () => 0, onAck: () => undefined })
  await publisher.publish(room, 'shown')
  await until('both are heard', () => heard.volatile !== undefined && heard.durable !== undefined)
  findings.fault('its clock is off', Math.abs(heard.volatile! - offsetMs) < minuteMs, heard)
  findings.result('durable events carry the time of Redis', Math.abs(heard.durable!) < minuteMs, heard)
}

/** A key that was used on the one node is known to the others. */
async function keys({ nodes, journal }: Fleet, load: Load, findings: Findings): Promise<void> {
  const room = load.rooms[0]!
  const payload = { key: 'twice', text: 'the same' }
  const positions: string[] = []
  for (const [index, { url }] of nodes.entries()) {
    const client = createClient({ url, auth: { token: 'repeater' }, transports: ['websocket'] })
    const hall = client.use(faultContract).room('hall', { name: room })
    await hall.join({ presence: {} })
    const said = { actor: 'repeater', room, key: payload.key }
    if (index === 0) journal.say({ ...said, type: 'attempt', hash: payloadHash(payload) })
    const { position } = await hall.request('repeat', payload, { key: payload.key })
    positions.push(position.id)
    if (index === 0) journal.say({ ...said, type: 'ack', position })
    await client.close()
  }
  findings.result('one key has one effect on all nodes', new Set(positions).size === 1, positions)
}

/** A token that is good, or has ended, by more than the clock is off. */
async function tokens({ nodes }: Fleet, findings: Findings): Promise<void> {
  for (const { name, url } of nodes) {
    const good = await tokenOutcome(url, `guest|${Date.now() + 2 * hourMs}`)
    const ended = await tokenOutcome(url, `guest|${Date.now() - 2 * hourMs}`)
    findings.result(`tokens on ${name}`, good === 'connected' && ended === 'UNAUTHENTICATED', { good, ended })
  }
}

/** Connections of one user, who is another in each round, on every node: O10 says whether they ended in time. */
async function revocation({ nodes, journal }: Fleet, victim: FaultNode, user: string): Promise<void> {
  const ended = new Set<string>()
  const clients = nodes.map(({ name, url }) => {
    const client = createClient({
      url,
      auth: { token: user },
      reconnect: { maxAttempts: 0 },
      transports: ['websocket'],
    })
    client.use(faultContract)
    client.onState(({ state }) => {
      if (state === 'connected') journal.tell({ type: 'opened', connection: `${user} ${name}`, user })
      else if (state !== 'connecting' && !ended.has(name)) {
        ended.add(name)
        journal.tell({ type: 'closed', connection: `${user} ${name}` })
      }
    })
    return client
  })
  await Promise.all(clients.map((client) => client.connect()))
  journal.tell({ type: 'revoked', user, withinMs: revokedMs })
  await victim.revoke(user)
  await until('every connection was closed', () => ended.size === nodes.length)
  await Promise.all(clients.map((client) => client.close()))
}

async function leases({ redis, nodes }: Fleet, findings: Findings): Promise<void> {
  const admin = new Redis(redis.url)
  try {
    const names = await admin.keys('*:lease')
    const lefts = await Promise.all(names.map((name) => admin.pttl(name)))
    const isRight = names.length >= nodes.length && lefts.every((ms) => ms > 0 && ms <= leaseMs)
    findings.result('every node has a lease of the usual length, as has what was killed just now', isRight, lefts)
  } finally {
    admin.disconnect()
  }
}
