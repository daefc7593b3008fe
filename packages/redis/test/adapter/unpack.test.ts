import { RedisAdapter } from '@socket.io/redis-adapter'
import { seededRandom, type SeededRandom } from '@millrace/testing'
import { createServer } from '@millrace/server'
import { describe, expect, it } from 'vitest'
import { MalformedMessage } from '../../src/adapter/malformed-message.ts'
import { unpack } from '../../src/adapter/unpack.ts'

const deaf = { on: () => undefined, off: () => undefined, psubscribe: () => undefined, subscribe: () => undefined }
const { parser } = new RedisAdapter(createServer({ authenticate: () => null }).io.of('/'), deaf, deaf)
const pack = (value: unknown): Buffer => parser.encode(value) as Buffer

describe('a message of the adapter', () => {
  it('[SIO20] is read as the adapter wrote it', () => {
    const random = seededRandom(7)
    for (let round = 0; round < 1_000; round++) {
      const value = anyValue(random, 0)
      expect(unpack(pack(value))).toEqual(parser.decode(pack(value)))
    }
  })

  it('[SIO20] is one value, or refused: a part of one, more than one, and keys that reach prototypes', () => {
    expect(unpack(pack(['x'.repeat(70_000), Buffer.alloc(70_000), Array(70_000).fill(0)]))).toHaveLength(3)
    const message = pack([1, 'text', { key: Buffer.from('bytes'), at: new Date(7) }])
    for (let length = 0; length < message.length; length++)
      expect(() => unpack(message.subarray(0, length))).toThrow(MalformedMessage)
    expect(() => unpack(Buffer.concat([message, Buffer.from([0])]))).toThrow(MalformedMessage)
    expect(() => unpack(Buffer.from([0x81, 0xa9, ...Buffer.from('__proto__'), 0x80]))).toThrow(MalformedMessage)
    expect(() => unpack(Buffer.from([0x81, 0x01, 0x80]))).toThrow(MalformedMessage)
    for (const head of [0xc1, 0xc8, 0xc9, 0xd5, 0xd8]) {
      expect(() => unpack(Buffer.from([head, 0, 0, 0, 0, 0, 0, 0, 0]))).toThrow(MalformedMessage)
    }
  })

  it('[SIO21] reserves nothing for what it announces and does not hold', () => {
    const before = process.memoryUsage()
    const array = [0xdd, 0x01, 0xff, 0xff, 0xff]
    for (const bytes of [
      Array.from({ length: 1_000 }, () => array).flat(),
      [0xc9, 0xff, 0xff, 0xff, 0xff, 0],
      [0xc7, 0xff, 0],
      [0xc6, 0xff, 0xff, 0xff, 0xff],
      [0xdb, 0xff, 0xff, 0xff, 0xff],
      [0xdf, 0xff, 0xff, 0xff, 0xff, 0xa1, 0x61],
      Array.from({ length: 100_000 }, () => 0x91),
    ]) {
      expect(() => unpack(Buffer.from(bytes))).toThrow(MalformedMessage)
    }
    const after = process.memoryUsage()
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(10_000_000)
    expect(after.heapTotal - before.heapTotal).toBeLessThan(100_000_000)
  })
})

function anyValue(random: SeededRandom, depth: number): unknown {
  const kind = random.integer(depth > 1 ? 6 : 8)
  switch (kind) {
    case 0:
      return random.pick([null, true, false])
    case 1:
      return Math.floor((random.fraction() - 0.5) * 2 ** random.pick([5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33, 40, 52]))
    case 2:
      return random.fraction() * 1e9
    case 3:
      return 'aé€😀'.repeat(random.pick([0, 1, 3, 4, 30, 8_000]))
    case 4:
      return Buffer.alloc(random.pick([0, 1, 255, 256]), 7)
    case 5:
      return new Date(random.pick([0, 7, 1_000, 1.7e12, 1.7e12 + 0.5, -5, 2 ** 36 * 1_000, 2 ** 33 * 1_000 + 1]))
    case 6:
      return Array.from({ length: random.pick([0, 1, 3, 15, 16]) }, () => anyValue(random, depth + 1))
    default:
      return Object.fromEntries(
        Array.from({ length: random.pick([0, 1, 3, 15, 16]) }, (_, index) => [
          `k${index}`,
          anyValue(random, depth + 1),
        ]),
      )
  }
}
