import { defineContract, event, room } from '@millrace/contract'
import { implement } from '@millrace/server'
import { startTestCluster, type TestUser } from '@millrace/testing'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { redis } from '../src/redis-store.ts'
import { startRedis } from '@millrace/testing/faults'

const Text = z.object({ text: z.string() })

const club = defineContract({
  namespace: '/club',
  rooms: {
    table: room({
      params: z.object({ id: z.string() }),
      presence: { user: z.object({ id: z.string() }), state: z.object({}) },
      events: {
        said: event(Text, { publish: 'members' }),
        score: event(z.object({ player: z.string(), points: z.number() }), {
          delivery: 'latest',
          key: 'player',
          publish: 'members',
        }),
        typing: event(Text, { delivery: 'volatile', publish: 'members' }),
        helm: event(Text, { delivery: 'volatile', publish: 'members', to: 'server' }),
      },
    }),
  },
})

const app = implement<typeof club, TestUser>(club, {
  rooms: { table: { authorize: () => true, presence: ({ user }) => ({ id: user.id }) } },
})

describe('servers on one Redis', () => {
  it('[RDS40, DEL80] are one: order, state, volatile events, presence, and what goes to a server reach every node', async () => {
    await using server = await startRedis()
    await using cluster = await startTestCluster({
      implementations: [app],
      store: redis({ url: server.url }),
      nodes: 3,
    })
    const said: string[][] = []
    const scores: string[][] = []
    const typing: string[][] = []
    const tables = cluster.nodes.map((node, index) => {
      const table = node
        .client({ auth: { user: `user${index}` } })
        .use(club)
        .room('table', { id: '1' })
      const heard: string[] = []
      const scored: string[] = []
      const typed: string[] = []
      said.push(heard)
      scores.push(scored)
      typing.push(typed)
      table.on('said', ({ text }) => heard.push(text))
      table.on('score', ({ player, points }) => scored.push(`${player} ${points}`))
      table.on('typing', ({ text }) => typed.push(text))
      return table
    })
    await Promise.all(tables.map((table) => table.join({ presence: {} })))
    const helms: string[] = []
    const atNode2 = cluster.nodes[2]!.server.room(club, 'table', { id: '1' })
    await atNode2.hear('helm', ({ text }, { from }) => helms.push(`${from} ${text}`))
    const texts = Array.from({ length: 30 }, (_, index) => `${index}`)
    await Promise.all(
      tables.flatMap((table, who) =>
        texts.filter((_, n) => n % 3 === who).map((text) => table.publish('said', { text })),
      ),
    )
    await tables[0]?.publish('score', { player: 'ada', points: 7 })
    tables[1]?.publish('typing', { text: 'x' })
    for (const table of tables) table.publish('helm', { text: 'left' })
    await vi.waitFor(() => expect([...helms].sort()).toEqual(['user0 left', 'user1 left', 'user2 left']))
    await vi.waitFor(() => {
      expect(said.map(({ length }) => length)).toEqual([30, 30, 30])
      for (const scored of scores) expect(scored).toContain('ada 7')
      expect([typing[0], typing[2]]).toEqual([['x'], ['x']])
      for (const table of tables) expect(table.presence.members()).toHaveLength(3)
    }, 10_000)
    expect(new Set(said.map((heard) => heard.join())).size).toBe(1)
    expect(said[0]?.toSorted()).toEqual(texts.toSorted())
  })
})
