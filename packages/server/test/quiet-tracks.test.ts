import { describe, expect, it } from 'vitest'
import { levelsOf, Track } from '@millrace/server/series'

const minuteMs = 60_000
const plan = { stepMs: 1_000, retentionMs: 24 * 60 * minuteMs, stepRetentionMs: 2 * 60 * minuteMs }
const newest = 1_700_000_000_000

describe('a track that got nothing for a while', () => {
  it('[SER12] is answered without holes after it was swept', () => {
    const track = new Track(levelsOf(plan), plan)
    for (let at = newest - 180 * minuteMs; at <= newest; at += 1_000) track.add(at, 1)
    const now = newest + 60 * minuteMs
    for (const agoMs of [30, 90, 119, 121, 170]) {
      const query = { from: newest - agoMs * minuteMs, to: now, bucketMs: 4_000 }
      const before = track.read(query).slice()
      track.sweep(now)
      expect(track.read(query)).toEqual(before)
      expect((before[0] as number) - query.from).toBeLessThanOrEqual(minuteMs)
    }
  })
})
