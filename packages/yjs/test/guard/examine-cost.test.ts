import { describe, expect, it } from 'vitest'
import { examine } from '../../src/server/guard/examine.ts'
import { busyMs } from '../attacks/busy-ms.ts'
import { heaviestUpdates } from '../attacks/heaviest-updates.ts'
import { limits } from './guarded-document.ts'

/** Larger ones are looked at in the worker. */
const mostAtOnce = 64 * 1024
const known = new Map([[1, 1_000_000]])

describe('what examine costs', () => {
  it.each(heaviestUpdates(mostAtOnce))('[DOC68] takes below 50 ms for 64 kB of %s, new or known', (_, update) => {
    expect(update.length).toBeGreaterThan(mostAtOnce * 0.7)
    expect(update.length).toBeLessThanOrEqual(mostAtOnce)
    for (const clocks of [known, new Map([...known, [2, 100] as const])]) {
      // The least of some: the first ones are compiled, and memory is collected in some.
      const times = Array.from({ length: 5 }, () => {
        const from = busyMs()
        expect(examine(update, clocks, limits)).toMatchObject({ ok: true })
        return busyMs() - from
      })
      expect(Math.min(...times)).toBeLessThan(50)
    }
  })
})
