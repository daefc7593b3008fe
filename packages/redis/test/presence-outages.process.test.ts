import { Opening, type PresenceMeta } from '@millrace/server'
import { appendOf, systemContext } from '@millrace/testing'
import { Redis } from 'ioredis'
import { describe, expect, it, vi } from 'vitest'
import { Commands, type Effect } from '../src/commands.ts'
import { KeyNames } from '../src/key-names.ts'
import type { LiveRooms } from '../src/live-rooms.ts'
import { addRoom } from '../src/lua/lease-scripts.ts'
import type { Script } from '../src/lua/script.ts'
import { NodeLease } from '../src/node-lease.ts'
import { settingsOf } from '../src/redis-options.ts'
import { RedisPresence } from '../src/redis-presence.ts'
import { Skips } from '../src/skips.ts'
import { openRedis, type OpenRedis } from './fixtures/open-redis.ts'

const patience = { timeout: 10_000 }

function metaOf(userId: string, state = '{}'): PresenceMeta {
  return { userId, metaId: 'm', owner: 'owner', user: '{}', state }
}

/** Runs something while Redis refuses every write. */
async function whileReadOnly({ admin }: OpenRedis, run: () => Promise<void>): Promise<void> {
  await admin.replicaof('127.0.0.1', '1')
  await run()
  await admin.replicaof('NO', 'ONE')
}

/** Holds up what has registered a room for a node, so that something else can come before its next step. */
class HeldCommands extends Commands {
  held: (() => void) | undefined
  isHolding = false

  override async run(script: Script, keys: readonly string[], args: readonly string[], effect: Effect) {
    const reply = await super.run(script, keys, args, effect)
    if (script === addRoom && this.isHolding) await new Promise<void>((resolve) => (this.held = resolve))
    return reply
  }
}

describe('presence, when Redis refuses or is slow', () => {
  it('[RDS24] who left while Redis refused it is taken out afterwards', async () => {
    await using fixture = await openRedis()
    const { presence } = await fixture.open({ health: { compareMs: 300 } })
    await presence.enter('lobby', metaOf('ada'))
    await presence.enter('lobby', metaOf('bob'))
    await whileReadOnly(fixture, async () => {
      await expect(presence.leave('lobby', metaOf('ada'))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    })
    expect(await presence.list('lobby')).toHaveLength(2)
    await vi.waitFor(async () => expect(await presence.list('lobby')).toEqual([metaOf('bob')]), patience)
  })

  it('[RDS24] who came back meanwhile is not taken out', async () => {
    await using fixture = await openRedis()
    const { presence } = await fixture.open({ health: { compareMs: 300 } })
    await presence.enter('lobby', metaOf('ada'))
    await presence.enter('lobby', metaOf('bob'))
    await whileReadOnly(fixture, async () => {
      const leaving = ['ada', 'bob'].map((id) => presence.leave('lobby', metaOf(id)))
      expect((await Promise.allSettled(leaving)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    })
    await presence.enter('lobby', metaOf('ada', '1'))
    await vi.waitFor(async () => expect(await presence.list('lobby')).toEqual([metaOf('ada', '1')]), patience)
  })

  it('[RDS25] a change that Redis refused leaves its owner in the room, also under the next name of the node', async () => {
    await using fixture = await openRedis()
    const { presence } = await fixture.open({ health: { compareMs: 300 } })
    await presence.enter('lobby', metaOf('ada', '1'))
    await whileReadOnly(fixture, async () => {
      await expect(presence.enter('lobby', metaOf('ada', '2'))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    })
    const [node = ''] = await fixture.admin.smembers('millrace:nodes')
    await fixture.admin.del(`millrace:{node ${node}}:lease`)
    await vi.waitFor(async () => {
      expect(await fixture.admin.smembers('millrace:nodes')).not.toContain(node)
      expect(await presence.list('lobby')).toEqual([metaOf('ada', '1')])
    }, patience)
  })

  it('[RDS24] who leaves while a node enters everybody again under its next name does not come back', async () => {
    await using fixture = await openRedis()
    const client = new Redis(fixture.server.url)
    const context = systemContext((error) => expect.unreachable(String(error)))
    const settings = settingsOf({ url: fixture.server.url }, undefined)
    const commands = new HeldCommands(client, settings, context)
    const names = new KeyNames('millrace')
    const opening = new Opening(context.onError)
    const lease = new NodeLease(commands, names, context)
    const parts = { commands, names, opening, random: context.random, settings, skips: new Skips() }
    const live = { on: () => undefined } as unknown as LiveRooms
    const presence = new RedisPresence(parts, live, lease, context.onError)
    await lease.open()
    await presence.enter('lobby', metaOf('ada'))
    await fixture.admin.del(names.node(lease.node, 'lease'))
    commands.isHolding = true
    const renewed = lease.renew()
    await vi.waitFor(() => expect(commands.held).toBeDefined())
    await presence.leave('lobby', metaOf('ada'))
    commands.held?.()
    await renewed
    expect(await presence.list('lobby')).toEqual([])
    await lease.close()
    client.disconnect()
  })
})

describe('a room whose presence cannot be written', () => {
  it('[RDS29] keeps no node from delivering in others once it has another name', async () => {
    await using fixture = await openRedis()
    const { log, presence, ...store } = await fixture.open()
    const heard: number[] = []
    await log.subscribe('lobby', { entries: (entries) => heard.push(...entries.map(({ offset }) => offset)) })
    await presence.enter('harmed', metaOf('ada'))
    await presence.enter('lobby', metaOf('ada'))
    const [node = ''] = await fixture.admin.smembers('millrace:nodes')
    await fixture.admin.set('millrace:{6:harmed}:present', 'of another type')
    await fixture.admin.del(`millrace:{node ${node}}:lease`)
    await vi.waitFor(async () => expect(await fixture.admin.smembers('millrace:nodes')).not.toEqual([node]), patience)
    await log.append('lobby', appendOf('1'))
    await vi.waitFor(() => expect([heard, store.isReady()]).toEqual([[1], true]), patience)
    const holder = async () => (await fixture.admin.hvals('millrace:{5:lobby}:present'))[0]?.split(' ')[0]
    await vi.waitFor(async () => expect(await holder()).not.toBe(node), patience)
    await fixture.admin.del('millrace:{6:harmed}:present')
    await vi.waitFor(async () => expect(await presence.list('harmed')).toEqual([metaOf('ada')]), patience)
  })
})

describe('presence of another type', () => {
  it('[RDS65] is counted and gone when somebody looks, and the room goes on', async () => {
    await using fixture = await openRedis()
    const store = await fixture.open()
    const harmed = 'millrace:{5:lobby}:present'
    await fixture.admin.set(harmed, 'of another type')
    expect([await store.presence.list('lobby'), store.skipped]).toEqual([[], 1])
    await store.presence.enter('lobby', metaOf('ada'))
    expect([await store.presence.list('lobby'), store.skipped]).toEqual([[metaOf('ada')], 1])
  })
})

describe('a subscription that fails', () => {
  it('[RDS26] leaves nothing behind', async () => {
    await using fixture = await openRedis()
    const { log, state, presence } = await fixture.open()
    const channel = new KeyNames('millrace').live('lobby')
    const ignore = () => undefined
    await whileReadOnly(fixture, async () => {
      const failing = [log.subscribe('lobby', { entries: ignore }), state.subscribe('lobby', { changes: ignore })]
      expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    })
    expect(await fixture.admin.call('PUBSUB', 'SHARDNUMSUB', channel)).toEqual([channel, 0])
    const held = await presence.subscribe('lobby', { entered: ignore, left: ignore })
    expect(await fixture.admin.call('PUBSUB', 'SHARDNUMSUB', channel)).toEqual([channel, 1])
    await held.close()
  })
})
