import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseNetDev } from '../machine/parse-net-dev.ts'

const head = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`
const eth0 = '  eth0: 1000 9 0 0 0 0 0 0 2000 7 0 0 0 0 0 0\n'

it('[CHT4] adds up all interfaces but the loopback', () => {
  const lo = '    lo: 77777 9 0 0 0 0 0 0 77777 9 0 0 0 0 0 0\n'
  const alias = 'eth0:1:5 9 0 0 0 0 0 0 6 7 0 0 0 0 0 0\n'
  expect(parseNetDev(head + lo + eth0)).toEqual({ inBytes: 1_000, outBytes: 2_000 })
  expect(parseNetDev(head + lo + eth0 + alias)).toEqual({ inBytes: 1_005, outBytes: 2_006 })
})

it('[CHT2] has no network where there is no interface', () => {
  expect(parseNetDev('')).toBeUndefined()
  expect(parseNetDev(head)).toBeUndefined()
  expect(parseNetDev('lo: 1 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0')).toBeUndefined()
})

it.each([
  ['too few columns', 'eth1: 5 0 0 0 0 0 0 0 5 0 0 0 0 0 0'],
  ['too many columns', 'eth1: 5 0 0 0 0 0 0 0 5 0 0 0 0 0 0 0 0'],
  ['a negative count', 'eth1: -5 0 0 0 0 0 0 0 5 0 0 0 0 0 0 0'],
  ['a count with an exponent', 'eth1: 1e400 0 0 0 0 0 0 0 5 0 0 0 0 0 0 0'],
  ['a count of a thousand digits', `eth1: ${'9'.repeat(1_000)} 0 0 0 0 0 0 0 5 0 0 0 0 0 0 0`],
  ['no name', ': 5 0 0 0 0 0 0 0 5 0 0 0 0 0 0 0'],
])('[CHT4] leaves out a line with %s', (_what, line) => {
  expect(parseNetDev(`${head}${line}\n${eth0}`)).toEqual({ inBytes: 1_000, outBytes: 2_000 })
})

it('[CHT4] no text makes it fail, or gives a number that is none', () => {
  const piece = fc.oneof(
    fc.constantFrom('eth0', 'lo', ':', ' ', '\n', '\t', '\r', '0', '18446744073709551615', 'NaN'),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const read = parseNetDev(pieces.join(' ')) ?? { inBytes: 0, outBytes: 0 }
      expect(Object.values(read).every((count) => Number.isFinite(count) && count >= 0)).toBe(true)
    }),
  )
})
