import { describe, expect, it } from 'vitest'
import { levelsOf, seriesBytes, Tracks } from '@millrace/server'

const plan = { stepMs: 10, retentionMs: 60_000, maxTracks: 2 }

describe('what series take', () => {
  it.each([plan, { ...plan, stepRetentionMs: 6_000 }])('[SER10] is bounded by the formula of %o', (plan) => {
    const tracks = new Tracks(plan)
    let most = 0
    for (let at = 0; at < 5 * plan.retentionMs; at += 2) {
      const value = Math.sin(at * at)
      tracks.append(
        [
          { track: 'v a', at, value },
          { track: 'v b', at, value: -value },
          { track: 'v c', at, value },
        ],
        at,
      )
      if (at % 1_000 === 0) most = Math.max(most, tracks.bytes)
    }
    expect(most).toBeLessThanOrEqual(seriesBytes(plan))
    // Four points of every step and retention are there: the formula says little more than what is held.
    expect(most).toBeGreaterThan(0.5 * seriesBytes(plan))
    tracks.sweep(10 * plan.retentionMs)
    expect([tracks.size, tracks.bytes]).toEqual([0, 0])
  })

  it('[SER10] is what docs/guide/series.md says: 64 bytes per bucket and 32 kB per track and rollup', () => {
    const levels = levelsOf(plan)
    expect(levels).toEqual([10, 100, 600, 6_000, 36_000])
    const buckets = levels.map((widthMs) => Math.ceil(plan.retentionMs / widthMs) + 2)
    const perTrack = buckets.reduce((bytes, count) => bytes + 64 * count + 32_768, 0)
    expect(seriesBytes(plan)).toBe(2 * perTrack)
    expect(seriesBytes({ stepMs: 1_000, retentionMs: 86_400_000, maxTracks: 1 })).toBeLessThan(6_500_000)
  })
})
