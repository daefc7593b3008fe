import { describe, expect, it } from 'vitest'
import { manualClock, seededRandom } from '@millrace/testing'

describe('manual clock', () => {
  it('is where it was told to be, however many fractions lay between', () => {
    const clock = manualClock({ startMs: 1_700_000_000_000 })
    for (let index = 1; index < 100; index++) clock.after(1_000 * index * Math.SQRT1_2, () => undefined)
    clock.advance(300_000)
    expect(clock.now()).toBe(1_700_000_300_000)
  })

  it('runs timers at their instant, in order, those that timers set included', () => {
    const clock = manualClock({ startMs: 1_000 })
    const ran: string[] = []
    const note = (what: string) => ran.push(`${what} ${clock.now()} ${clock.monotonic()}`)
    clock.after(20, () => note('late'))
    clock.after(10, () => {
      note('first')
      clock.after(5, () => note('nested'))
      clock.defer(() => note('deferred'))
    })
    clock.after(10, () => note('second'))
    const cancel = clock.after(15, () => note('cancelled'))
    cancel()
    clock.advance(19)
    expect(ran).toEqual(['first 1010 10', 'deferred 1010 10', 'second 1010 10', 'nested 1015 15'])
    expect(clock.timerCount).toBe(1)
    clock.advance(1)
    expect(ran.at(-1)).toBe('late 1020 20')
  })

  it('runs deferred work on flush and before time passes', () => {
    const clock = manualClock()
    const ran: string[] = []
    clock.defer(() => {
      ran.push('a')
      clock.defer(() => ran.push('b'))
    })
    expect(ran).toEqual([])
    clock.flush()
    expect(ran).toEqual(['a', 'b'])
    clock.after(0, () => ran.push('timer'))
    clock.defer(() => ran.push('c'))
    clock.advance(0)
    expect(ran).toEqual(['a', 'b', 'c', 'timer'])
  })

  it('says how long until the next timer', () => {
    const clock = manualClock()
    expect(clock.untilNextMs).toBeUndefined()
    const cancel = clock.after(10, () => {})
    clock.after(30, () => {})
    expect(clock.untilNextMs).toBe(10)
    cancel()
    clock.advance(20)
    expect(clock.untilNextMs).toBe(10)
  })

  it('jumps wall time only', () => {
    const clock = manualClock({ startMs: 0 })
    clock.jump(-500)
    clock.advance(100)
    expect([clock.now(), clock.monotonic()]).toEqual([-400, 100])
  })
})

describe('seeded random', () => {
  it('repeats itself for a seed and differs between seeds', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed)
      return [random.id(), random.fraction(), random.integer(1_000_000), random.pick(['a', 'b', 'c'])]
    }
    expect(draw(1)).toEqual(draw(1))
    expect(new Set([0, 1, 2, 2 ** 32, 2 ** 40 + 1].map((seed) => JSON.stringify(draw(seed)))).size).toBe(5)
  })

  it('gives ids of 64 bits in base64url and fractions below 1', () => {
    const random = seededRandom(3)
    const ids = Array.from({ length: 2_000 }, () => random.id())
    for (const id of ids) expect(Buffer.from(id, 'base64url').toString('base64url')).toBe(id)
    expect(new Set(ids).size).toBe(ids.length)
    const fractions = Array.from({ length: 2_000 }, () => random.fraction())
    expect(fractions.every((fraction) => fraction >= 0 && fraction < 1)).toBe(true)
    expect(fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length).toBeCloseTo(0.5, 1)
  })
})
