import { appendOf } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { encodeBusMessage, decodeBusMessage } from '../src/bus-text.ts'
import { decodeEntry } from '../src/entry-text.ts'
import { isWithinDepth } from '../src/json-depth.ts'
import { KeyNames } from '../src/key-names.ts'
import { decodeChange } from '../src/state-text.ts'
import { openRedis } from './fixtures/open-redis.ts'

const names = new KeyNames('millrace')
const tooLarge = { code: 'PAYLOAD_TOO_LARGE' }

function nested(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels)
}

function entryOf(payload: string | Buffer): Buffer {
  const bytes = Buffer.from(payload)
  const head = `AAAAAAAAAAA 2 BBBBBBBBBBB CCCCCCCCCCC 1767225600000 t ${bytes.length}\n["k",null,"message"]\n`
  return Buffer.concat([Buffer.from(head), bytes])
}

function changeOf(payload: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from('AAAAAAAAAAA 2 BBBBBBBBBBB\n["score","a"]\nt'), Buffer.from(payload)])
}

describe('what Redis is given', () => {
  it('[RDS90] is refused where it is too large or too deep, and nothing is stored', async () => {
    await using fixture = await openRedis()
    const { log, state } = await fixture.open()
    for (const payload of [
      nested(129),
      `{"a":${nested(128)}}`,
      JSON.stringify('x'.repeat(8_000_000)),
      new Uint8Array(8_000_001),
    ]) {
      await expect(log.append('lobby', appendOf(payload))).rejects.toMatchObject(tooLarge)
      await expect(state.write('lobby', { name: 'score', key: 'a', payload }, 10)).rejects.toMatchObject(tooLarge)
    }
    await expect(log.append('lobby', appendOf('1', { from: 'x'.repeat(1_000_001) }))).rejects.toMatchObject(tooLarge)
    const long = { name: 'score', key: 'x'.repeat(1_000_001), payload: '1' }
    await expect(state.write('lobby', long, 10)).rejects.toMatchObject(tooLarge)
    expect(await fixture.admin.keys('*lobby*')).toEqual([])
    await log.append('lobby', appendOf(nested(128)))
    expect(await fixture.admin.xlen(names.log('lobby')[1] ?? '')).toBe(1)
  })

  it('[RDS92] keeps no answer that is too large', async () => {
    await using fixture = await openRedis()
    const { claims } = await fixture.open()
    for (const [key, answer, state] of [
      ['small', JSON.stringify('x'.repeat(999_998)), 'settled'],
      ['large', JSON.stringify('x'.repeat(999_999)), 'lost'],
      ['deep', nested(129), 'lost'],
    ] as const) {
      expect(await claims.claim(key, 1)).toEqual({ state: 'claimed' })
      await claims.settle(key, answer)
      expect(await claims.claim(key, 1)).toMatchObject({ state })
      expect(await fixture.admin.strlen(names.claim(key)).catch(() => 'hash')).toBe('hash')
    }
  })

  it('[RDS94] leaves again but for values, kept bytes and revocations', async () => {
    await using fixture = await openRedis()
    const store = await fixture.open()
    const { log, state, blobs, presence, claims, revocations, singletons, bus } = store
    await log.subscribe('lobby', { entries: () => undefined })
    await state.subscribe('lobby', { changes: () => undefined })
    await log.append('lobby', appendOf('1', { key: 'k' }))
    for (const payload of ['1', null]) await state.write('lobby', { name: 'score', key: 'a', payload }, 10)
    await state.write('kept', { name: 'score', key: 'a', payload: '1' }, 10)
    await blobs.write('kept', { name: 'a', bytes: Buffer.from('a'), replaces: null })
    await blobs.write('lobby', { name: 'a', bytes: Buffer.from('a'), replaces: null })
    await blobs.remove('lobby', 'a')
    await presence.enter('lobby', { userId: 'ada', metaId: 'm', owner: 'o', user: '{}', state: '{}' })
    await claims.claim('request', 1)
    await claims.settle('request', '1')
    await revocations.add('ada')
    await singletons.hold('task', 'one', 5_000)
    bus.publish('lobby', { head: '{}', payload: '' })
    expect(await fixture.admin.dbsize()).toBeGreaterThan(15)
    await store.close()
    const keys = await fixture.admin.keys('*')
    const lives = await Promise.all(keys.map((key) => fixture.admin.ttl(key)))
    const lasting = keys.filter((_, index) => lives[index] === -1)
    for (const part of ['values', 'blobs', 'bytes']) expect(lasting).toContain(`millrace:{4:kept}:${part}`)
    expect(lasting.filter((key) => !/\{4:kept\}|\{revocations\}/.test(key))).toEqual([])
  })
})

describe('what comes from Redis', () => {
  it('[RDS91] is skipped where it is too deep, no UTF-8 or no JSON', () => {
    const busOf = (payload: string | Buffer) =>
      Buffer.concat([encodeBusMessage('node', { head: '{}', payload: '' }), Buffer.from(payload)])
    expect(decodeEntry(entryOf(nested(128)))?.payload).toBe(nested(128))
    expect(decodeChange(changeOf(nested(128)))?.payload).toBe(nested(128))
    expect(decodeBusMessage(busOf(nested(128)))?.message.payload).toBe(nested(128))
    for (const payload of [
      nested(129),
      nested(2_000_000),
      `{"a":${nested(128)}}`,
      '[',
      'x',
      Buffer.from([0x22, 0xff, 0x22]),
    ]) {
      expect(decodeEntry(entryOf(payload))).toBeUndefined()
      expect(decodeChange(changeOf(payload))).toBeUndefined()
      expect(decodeBusMessage(busOf(payload))).toBeUndefined()
    }
  })

  it('[RDS91] is not parsed where it is too large', () => {
    const text = JSON.stringify('x'.repeat(8_000_000))
    expect(decodeEntry(entryOf(text))).toBeUndefined()
    expect(decodeChange(changeOf(text))).toBeUndefined()
    expect(decodeEntry(entryOf(text.slice(0, 7_999_999) + '"'))).toBeDefined()
    // A head as large as the rest.
    const head = JSON.stringify(['x'.repeat(1_000_000), null, 'message'])
    const line = 'AAAAAAAAAAA 2 BBBBBBBBBBB CCCCCCCCCCC 1767225600000 t 1'
    expect(decodeEntry(Buffer.from(`${line}\n${head}\n1`))).toBeUndefined()
  })

  it('[RDS91] counts brackets in strings for what they are', () => {
    for (const [text, levels] of [
      [JSON.stringify('['.repeat(500)), 0],
      [JSON.stringify(['\\"[[[[{{{{'.repeat(200), '\\']), 1],
      [JSON.stringify({ '[[': [{}, [[]]], '"': '}' }).padEnd(300), 4],
      [JSON.stringify(Array.from({ length: 300 }, () => [{}])), 3],
    ] as const) {
      expect([text, isWithinDepth(text, levels)]).toEqual([text, true])
      if (levels > 0) expect([text, isWithinDepth(text, levels - 1)]).toEqual([text, false])
    }
  })
})
