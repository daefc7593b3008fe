import { describe, expect, it } from 'vitest'
import { Berths } from '../berths.ts'
import { networkOf } from '../network-of.ts'

describe('boats of one address', () => {
  it('[ARN28] are so many at most, until one is given back or not heard of', () => {
    const berths = new Berths(2, 10_000)
    const take = (user: string, nowMs: number): boolean => berths.take('mill 1.2.3.4', user, nowMs)
    expect([take('a', 0), take('b', 5_000), take('c', 5_000), take('a', 6_000)]).toEqual([true, true, false, true])
    expect(berths.take('weir 1.2.3.4', 'c', 6_000)).toBe(true)
    berths.leave('mill 1.2.3.4', 'a')
    expect([take('c', 6_000), take('a', 14_999)]).toEqual([true, false])
    expect([take('a', 15_000), take('d', 15_000), take('d', 16_000)]).toEqual([true, false, true])
  })

  it('[ARN28] cost nothing once they are over, however many addresses there were', () => {
    const berths = new Berths(1, 10)
    for (let index = 0; index < 5_000; index++) expect(berths.take(`mill ${index}`, 'a', index)).toBe(true)
    expect(berths.take('mill 4999', 'b', 5_000)).toBe(false)
    expect(berths.take('mill 4999', 'b', 5_009)).toBe(true)
  })

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:0:1::7', '2001:db8:0:1'],
    ['2001:0db8:0000:0001:a:b:c:d', '2001:db8:0:1'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['not an address', 'not an address'],
  ])('[ARN28] are those of a network: %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
