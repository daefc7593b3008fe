import { appendOf, readEntries, seededRandom, type SeededRandom } from '@millrace/testing'
import { anyBytes, mutate } from '@millrace/testing/faults'
import { Redis } from 'ioredis'
import { describe, expect, it, vi } from 'vitest'
import { decodeBusMessage } from '../src/bus-text.ts'
import { decodeEntry } from '../src/entry-text.ts'
import { KeyNames } from '../src/key-names.ts'
import { decodePresenceMessage, decodePresent } from '../src/presence-text.ts'
import type { RedisStore } from '../src/redis-store.ts'
import { decodeChange, decodeValue } from '../src/state-text.ts'
import { openRedis, type OpenRedis } from './fixtures/open-redis.ts'

const names = new KeyNames('millrace')
const live = names.live('lobby')
const bus = names.bus('lobby')
const ada = { userId: 'ada', metaId: 'm', owner: 'o', user: '{}', state: '{}' }

/** Well-formed, and nothing that a store of ours says. */
const wrongShapes: Readonly<Record<string, readonly string[]>> = {
  [live]: [
    '[]',
    'null',
    'e{"epoch":"a","offset":1}',
    'eAAAAAAAAAAA 2 BBBBBBBBBBB - 1767225600000 t 1\n{"key":"k"}\n1',
    'eAAAAAAAAAAA 2 BBBBBBBBBBB - 1767225600000 t 1\n["k",7,"message"]\n1',
    'eAAAAAAAAAAA 2 BBBBBBBBBBB - 1767225600000 t 1\n["k",null,null]\n1',
    'eAAAAAAAAAAA -2 BBBBBBBBBBB - 1767225600000 t 1\n["k",null,"message"]\n1',
    'eAAAAAAAAAAA 2 BBBBBBBBBBB - 1767225600000 t 2\n["k",null,"message"]\n1',
    'sAAAAAAAAAAA 2 BBBBBBBBBBB\n{"name":"score"}\nt1',
    'sAAAAAAAAAAA 2 BBBBBBBBBBB\n["score"]\nt1',
    'sAAAAAAAAAAA 2 BBBBBBBBBBB\n["score","a"]\nr1',
    'sAAAAAAAAAAA 2 BBBBBBBBBBB\n["score","a"]\nt',
    'n- AAAAAAAAAAA\n+["ada","m","o","{}"]',
    'n- AAAAAAAAAAA\n+["ada","m","o","{}","{"]',
    'n- AAAAAAAAAAA\n-["ada"]',
    'n- AAAAAAAAAAA\n-{"userId":"ada"}',
    'n- AAAAAAAAAAA\n["ada","m"]',
  ],
  [bus]: ['b', 'bnode t 9\n{}', 'bnode x 2\n{}', 'bnode t 2\n{}{', 'bno de t 2\n{}', '{"head":"{}"}', '[1]'],
}

/** Whether a store takes the message for one of its own kind. A probe is for somebody else and counts for nothing. */
function isTaken(channel: string, message: Buffer): boolean {
  const kind = message.toString('latin1', 0, 1)
  if (kind === 'p') return true
  if (channel === bus) return decodeBusMessage(message) !== undefined
  const decode = { e: decodeEntry, s: decodeChange, n: decodePresenceMessage }[kind]
  return decode?.(message.subarray(1)) !== undefined
}

/** One good message of each kind, and a removal. */
async function speak({ log, state, presence, ...store }: RedisStore, text: string): Promise<void> {
  await log.append('lobby', appendOf(JSON.stringify(text)))
  await state.write('lobby', { name: 'score', key: text, payload: '1' }, 100)
  await presence.enter('lobby', { ...ada, userId: text })
  await presence.leave('lobby', { ...ada, userId: text })
  store.bus.publish('lobby', { head: JSON.stringify(text), payload: '"a"' })
}

/** What was said on both channels, as it stands there. */
async function recordedOn(fixture: OpenRedis, store: RedisStore): Promise<Record<string, Buffer[]>> {
  const recorded: Record<string, Buffer[]> = { [live]: [], [bus]: [] }
  const listener = new Redis(fixture.server.url)
  listener.on('smessageBuffer', (channel: Buffer, message: Buffer) => recorded[String(channel)]?.push(message))
  await listener.ssubscribe(live)
  await listener.ssubscribe(bus)
  await speak(store, 'first')
  await vi.waitFor(() => expect([recorded[live]?.length, recorded[bus]?.length]).toEqual([4, 1]))
  listener.disconnect()
  return recorded
}

function poison(random: SeededRandom, genuine: readonly Buffer[]): Buffer {
  const kind = random.integer(4)
  if (kind === 0) return anyBytes(random)
  if (kind === 1) return Buffer.concat([Buffer.from(random.pick(['e', 's', 'n', 'b'])), anyBytes(random)])
  return mutate(random, random.pick(genuine))
}

/** The second entry of a stream, as it stands there. */
async function storedBytes({ admin }: OpenRedis, stream: string): Promise<Buffer> {
  const [row] = (await admin.xrangeBuffer(stream, '2-0', '2-0')) as unknown as [[id: Buffer, fields: Buffer[]]]
  return row[1][1] as Buffer
}

describe('a Redis that others write to', () => {
  it('[RDS95] steps past ten thousand messages that are none', async () => {
    await using fixture = await openRedis()
    const store = await fixture.open({ deadlineMs: 5_000, commandTimeoutMs: 2_000 })
    const heard = new Set<string>()
    const { log, state, presence } = store
    await log.subscribe('lobby', {
      entries: (entries) => entries.forEach(({ payload }) => heard.add(`entry ${String(payload)}`)),
    })
    await state.subscribe('lobby', { changes: (changes) => changes.forEach(({ key }) => heard.add(`state ${key}`)) })
    await presence.subscribe('lobby', {
      entered: ({ userId }) => heard.add(`entered ${userId}`),
      left: (userId) => heard.add(`left ${userId}`),
    })
    await store.bus.subscribe('lobby', ({ head }) => heard.add(`bus ${head}`))
    const recorded = await recordedOn(fixture, store)
    const random = seededRandom(9)
    const sent: (readonly [channel: string, message: Buffer])[] = []
    for (const [channel, shapes] of Object.entries(wrongShapes)) {
      for (const shape of shapes) sent.push([channel, Buffer.from(shape)])
    }
    expect(sent.filter(([channel, message]) => isTaken(channel, message))).toEqual([])
    while (sent.length < 10_000) {
      const channel = random.integer(4) === 0 ? bus : live
      sent.push([channel, poison(random, recorded[channel] ?? [])])
    }
    for (let from = 0; from < sent.length; from += 500) {
      await Promise.all(
        sent.slice(from, from + 500).map(([channel, message]) => fixture.admin.spublish(channel, message)),
      )
    }
    await speak(store, 'last')
    await vi.waitFor(() => {
      for (const kind of ['entry "last"', 'state last', 'entered last', 'left last', 'bus "last"'])
        expect(heard).toContain(kind)
    })
    await store.probe()
    const refused = sent.filter(([channel, message]) => !isTaken(channel, message))
    expect(store.skipped).toBe(refused.length)
    expect(refused.length).toBeGreaterThan(8_000)
    expect(store.isReady()).toBe(true)
  }, 30_000)

  it('[RDS95] steps past what stands in streams, hashes and claims', async () => {
    await using fixture = await openRedis()
    const store = await fixture.open({ deadlineMs: 5_000, commandTimeoutMs: 2_000 })
    const { admin } = fixture
    const { log, state, presence, claims } = store
    const random = seededRandom(10)
    let skips = 0
    const harm = async (round: number): Promise<void> => {
      const room = `room${round}`
      const [, stream = ''] = names.log(room)
      const [, values = ''] = names.state(room)
      for (const text of ['1', '2']) await log.append(room, appendOf(text))
      const genuine = await storedBytes(fixture, stream)
      const text = poison(random, [genuine])
      await admin.xdel(stream, '2-0')
      await admin.xadd(stream, '2-1', 'e', text)
      const gap = await log.read(room, { direction: 'after', position: null, limit: 10, maxBytes: 1_000 })
      // A mutation can leave an entry that follows the one before it.
      if (gap.kind === 'gap') skips++
      await log.append(room, appendOf('3'))
      expect((await readEntries(log, room)).at(-1)).toMatchObject({ payload: '3' })

      await state.write(room, { name: 'score', key: 'a', payload: '{"points":7}' }, 10)
      const [place = ''] = await admin.hkeys(values)
      const value = poison(random, [Buffer.from('t{"points":7}')])
      await admin.hset(values, place, value)
      if (decodeValue(Buffer.from(place), value) === undefined) skips++
      await state.write(room, { name: 'score', key: 'b', payload: '1' }, 10)
      const read = await state.read(room)
      expect(read.values).toContainEqual({ name: 'score', key: 'b', payload: '1' })
      if (decodeValue(Buffer.from(place), value) !== undefined) expect(read.values).toHaveLength(2)

      const entry = poison(random, [Buffer.from(`node owner\n${JSON.stringify(Object.values(ada))}`)])
      await admin.hset(names.room(room, 'present'), 'stranger', entry)
      if (decodePresent(entry.toString()) === undefined) skips++
      await presence.enter(room, { ...ada, userId: 'eve' })
      expect(await presence.list(room)).toContainEqual({ ...ada, userId: 'eve' })

      const key = `request${round}`
      await claims.claim(key, 1)
      await claims.settle(key, '{"ok":true}')
      await admin.hset(names.claim(key), random.pick(['digest', 'state', 'expiresAt', 'answer']), anyBytes(random))
      const { state: found } = await claims.claim(key, 1)
      expect(['settled', 'lost', 'mismatch', 'claimed']).toContain(found)
      if (found === 'lost') skips++
      expect(await claims.claim(`${key} again`, 1)).toEqual({ state: 'claimed' })
    }
    // Each in a room of its own, so that they share the time on the way.
    await Promise.all(Array.from({ length: 80 }, (_, round) => harm(round)))
    expect(skips).toBeGreaterThan(200)
    expect(store.skipped).toBe(skips)
  }, 30_000)

  it('[RDS93] takes what stands in the place of a claim for a lost one', async () => {
    await using fixture = await openRedis()
    const store = await fixture.open()
    const { claims } = store
    const harms: Record<string, (key: string) => Promise<unknown>> = {
      type: (key) => fixture.admin.set(key, 'x'),
      state: (key) => fixture.admin.hset(key, 'state', 'done'),
      expiry: (key) => fixture.admin.hset(key, 'expiresAt', '1e300'),
      digest: (key) => fixture.admin.hdel(key, 'digest'),
    }
    for (const [index, [name, harm]] of Object.entries(harms).entries()) {
      await claims.claim(name, 1)
      await harm(names.claim(name))
      expect(await claims.claim(name, 1)).toEqual({ state: 'lost' })
      expect(await claims.claim(name, 1)).toEqual({ state: 'lost' })
      expect(await fixture.admin.pttl(names.claim(name))).toBeGreaterThan(0)
      expect(store.skipped).toBe(index + 1)
    }
    await claims.claim('answer', 1)
    await claims.settle('answer', '{"ok":true}')
    await fixture.admin.hset(names.claim('answer'), 'answer', '{"ok":')
    expect(await claims.claim('answer', 1)).toEqual({ state: 'lost' })
  })
})
