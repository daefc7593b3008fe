import { defineContract, event, room, roomKey } from '@millrace/contract'
import { implement, type PresenceMeta } from '@millrace/server'
import { startTestServer, type TestUser } from '@millrace/testing'
import { startRedis } from '@millrace/testing/faults'
import { Redis } from 'ioredis'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { KeyNames } from '../src/key-names.ts'
import { redis } from '../src/redis-store.ts'
import { butDiskWarning } from './fixtures/but-disk-warning.ts'
import { lostMessages } from './fixtures/lost-message.ts'

const scores = defineContract({
  namespace: '/scores',
  rooms: {
    game: room({
      params: z.object({ id: z.string() }),
      presence: { user: z.object({ id: z.string() }), state: z.object({}) },
      events: {
        score: event(z.object({ player: z.string(), points: z.number() }), {
          delivery: 'latest',
          key: 'player',
          publish: 'members',
        }),
      },
    }),
  },
})

const app = implement<typeof scores, TestUser>(scores, {
  rooms: { game: { authorize: () => true, presence: ({ user }) => ({ id: user.id }) } },
})

function metaOf(id: string): PresenceMeta {
  return { userId: id, metaId: 'm', owner: id, user: JSON.stringify({ id }), state: '{}' }
}

const key = roomKey('/scores', 'game', { id: '1' })
const names = new KeyNames('millrace')

/** A member of a room on a server that compares with Redis every so often. */
async function play(compareMs: number) {
  const redisServer = await startRedis()
  const store = butDiskWarning(redis({ url: redisServer.url, health: { compareMs } }))
  const server = await startTestServer({ implementations: [app], store })
  const admin = new Redis(redisServer.url)
  const enter = async (user: string) => {
    const game = server.client({ auth: { user } }).use(scores).room('game', { id: '1' })
    await game.join({ presence: {} })
    return game
  }
  const game = await enter('ada')
  const heard: string[] = []
  game.on('score', ({ player, points }) => heard.push(`${player} ${points}`))
  await game.publish('score', { player: 'ada', points: 1 })
  await vi.waitFor(() => expect(heard).toEqual(['ada 1']))
  return {
    game,
    heard,
    enter,
    members: () =>
      game.presence
        .members()
        .map(({ id }) => id)
        .toSorted(),
    lost: lostMessages(admin, key),
    /** Tells of version 1 again, under another id, as a Redis does that lost it. */
    async rewriteLast(name: string, place: string): Promise<void> {
      const epoch = await admin.hget(names.room(key, 'state'), 'epoch')
      await admin.spublish(names.live(key), `s${epoch} 1 EEEEEEEEEEE\n${JSON.stringify([name, place])}\nr`)
    },
    async [Symbol.asyncDispose]() {
      admin.disconnect()
      await server[Symbol.asyncDispose]()
      await redisServer[Symbol.asyncDispose]()
    },
  }
}

describe('members of a room whose messages were lost on their way', () => {
  it('[RDS59] get the last change of keyed state by comparison', async () => {
    await using lab = await play(500)
    await lab.lost.value('score', 'bob', '{"player":"bob","points":2}')
    await vi.waitFor(() => expect(lab.heard.at(-1)).toBe('bob 2'))
  })

  it('[RDS59] get a change of keyed state with the next one', async () => {
    await using lab = await play(60_000)
    await lab.lost.value('score', 'bob', '{"player":"bob","points":2}')
    await lab.game.publish('score', { player: 'cyd', points: 3 })
    await vi.waitFor(() => expect(lab.heard).toEqual(expect.arrayContaining(['bob 2', 'cyd 3'])))
  })

  it('[RDS63] get everything anew where keyed state has another history', async () => {
    await using lab = await play(60_000)
    await lab.lost.value('score', 'bob', '{"player":"bob","points":2}')
    await lab.rewriteLast('score', 'ada')
    await vi.waitFor(() => expect(lab.heard).toContain('bob 2'))
  })

  it('[RDS60] get the last change of presence by comparison', async () => {
    await using lab = await play(500)
    await lab.lost.presence(metaOf('bob'))
    await vi.waitFor(() => expect(lab.members()).toEqual(['ada', 'bob']))
  })
  it('[RDS60] are told who left, where nobody could tell', async () => {
    await using lab = await play(500)
    await lab.lost.presence(metaOf('bob'))
    await vi.waitFor(() => expect(lab.members()).toEqual(['ada', 'bob']))
    await lab.lost.absence(metaOf('bob'))
    await vi.waitFor(() => expect(lab.members()).toEqual(['ada']))
  })

  it('[RDS60] get a change of presence with the next one', async () => {
    await using lab = await play(60_000)
    await lab.lost.presence(metaOf('bob'))
    await lab.enter('cyd')
    await vi.waitFor(() => expect(lab.members()).toEqual(['ada', 'bob', 'cyd']))
  })
})
