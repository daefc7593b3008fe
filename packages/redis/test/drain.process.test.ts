import { MillraceError, defineContract, event, room, roomKey, type Position } from '@millrace/contract'
import { implement } from '@millrace/server'
import {
  judge,
  payloadHash,
  readEntries,
  startTestServer,
  systemContext,
  type OracleRecord,
  type TestServer,
  type TestUser,
} from '@millrace/testing'
import { startRedis, startTcpProxy } from '@millrace/testing/faults'
import { expect, it, vi } from 'vitest'
import { z } from 'zod'
import { redis } from '../src/redis-store.ts'

const Said = z.object({ key: z.string(), n: z.number() })

const club = defineContract({
  namespace: '/club',
  rooms: {
    table: room({
      presence: { user: z.object({ id: z.string() }), state: z.object({}) },
      events: { said: event(Said, { publish: 'members' }) },
    }),
  },
})

const app = implement<typeof club, TestUser>(club, {
  rooms: { table: { authorize: () => true, presence: ({ user }) => ({ id: user.id }) } },
})

const where = 'table'

/** Joins, and writes down what reaches it. */
async function sit(server: TestServer<TestUser>, actor: string, records: OracleRecord[], url = server.url) {
  const client = server.client({ url, auth: { user: actor }, transports: ['websocket'], requestTimeoutMs: 30_000 })
  const table = client.use(club).room('table')
  table.on('said', (said, { position }) => {
    records.push({ type: 'event', actor, room: where, position, key: said.key, hash: payloadHash(said) })
  })
  table.on('gap', (gap) => void records.push({ type: 'gap', actor, room: where, ...gap }))
  await table.join({ presence: {} })
  records.push({ type: 'joined', actor, room: where })
  let count = 0
  return {
    client,
    table,
    async publish() {
      const said = { key: `${actor} ${++count}`, n: count }
      records.push({ type: 'attempt', actor, room: where, key: said.key, hash: payloadHash(said) })
      try {
        const { position } = (await table.publish('said', said, { key: said.key })) as { position: Position }
        records.push({ type: 'ack', actor, room: where, key: said.key, position })
      } catch (error) {
        if (!(error instanceof MillraceError)) throw error
        records.push({ type: 'unknown', actor, room: where, key: said.key })
      }
    },
  }
}

const portOf = ({ url }: TestServer<TestUser>) => Number(new URL(url).port)

it('[DRN13, DRN14, DRN15, P11] nodes on one Redis are drained in turn: no gap, no duplicate, no leave but of who stays away', async () => {
  await using database = await startRedis(['--appendonly', 'yes'])
  const provider = redis({ url: database.url })
  const start = () => startTestServer({ implementations: [app], store: provider })
  await using first = await start()
  await using second = await start()
  await using last = await start()
  await using proxy = await startTcpProxy(portOf(first))
  const url = `http://127.0.0.1:${proxy.port}`
  const records: OracleRecord[] = []
  const witness = await sit(last, 'witness', records)
  const seats = await Promise.all(Array.from({ length: 12 }, (_, index) => sit(last, `user${index}`, records, url)))
  const ghost = await sit(last, 'ghost', [], url)
  await vi.waitFor(() => expect(witness.table.presence.members()).toHaveLength(14))
  const told: string[] = []
  const known = new Set(witness.table.presence.members().map(({ id }) => id))
  witness.table.presence.on(({ changed, left }) => {
    for (const { id } of changed) if (!known.has(id)) told.push(`joined ${id}`)
    for (const id of left) told.push(`left ${id}`)
  })

  const publishing = new Set<Promise<void>>()
  const timer = setInterval(() => {
    for (const seat of seats.slice(0, 4)) {
      const publish = seat.publish().finally(() => publishing.delete(publish))
      publishing.add(publish)
    }
  }, 50)
  let ghostLeftAt = Infinity
  ghost.client.onState(({ state }) => {
    if (state !== 'waiting') return
    ghostLeftAt = performance.now()
    void ghost.client.close() // nothing of it reaches a server any more
  })
  proxy.lead(portOf(second))
  await first.server.drain({ loadBalancerWaitMs: 200, overMs: 1_500 })
  await vi.waitFor(() => expect(second.server.connections(club)).toHaveLength(12))
  proxy.lead(portOf(last))
  await second.server.drain({ loadBalancerWaitMs: 200, overMs: 1_500 })
  await vi.waitFor(() => expect(last.server.connections(club)).toHaveLength(13))
  clearInterval(timer)
  await Promise.all(publishing)

  await vi.waitFor(() => expect(told).toContain('left ghost'), 20_000)
  expect(performance.now() - ghostLeftAt).toBeLessThan(15_000)
  expect(told).toEqual(['left ghost'])
  const store = await provider.open(systemContext(() => {}))
  const key = roomKey(club.namespace, 'table', {})
  const [top] = await store.log.tails([key])
  const entries = await readEntries(store.log, key)
  await store.close()
  await vi.waitFor(() => {
    const heard = (actor: string) => records.filter((one) => one.type === 'event' && one.actor === actor)
    for (const actor of ['witness', 'user0', 'user11']) expect(heard(actor)).toHaveLength(entries.length)
  })
  for (const { epoch, offset, id, prev, payload } of entries) {
    const said = JSON.parse(String(payload)) as { key: string }
    const position = { epoch, offset, id }
    records.push({
      type: 'stored',
      actor: 'database',
      room: where,
      position,
      prev,
      key: said.key,
      hash: payloadHash(said),
    })
  }
  if (top) records.push({ type: 'top', actor: 'database', room: where, position: top })
  const verdict = judge(records)
  expect(verdict.violations).toEqual([])
  expect(verdict.counts).toMatchObject({ gaps: 0, losses: 0 })
  expect(verdict.counts.acks).toBe(verdict.counts.attempts)
  expect(verdict.counts.acks).toBeGreaterThan(100)
  expect([...first.errors, ...second.errors, ...last.errors]).toEqual([])
})
