import type { SeriesPlan } from '../ports/time-series.ts'
import { keptMs, levelsOf } from './levels.ts'
import { listSlackBytes } from './point-list.ts'

/** Four points of 16 bytes. */
const bucketBytes = 64

/**
 * What the points of a series take at most, bytes: of each track and rollup 64 bytes per bucket that is kept, one bucket that is
 * open, one that has just begun, and 32 kB of chunks that are not full.
 */
export function seriesBytes(plan: SeriesPlan): number {
  const perTrack = levelsOf(plan).map(
    (widthMs, level) => (Math.ceil(keptMs(plan, level) / widthMs) + 2) * bucketBytes + listSlackBytes,
  )
  return plan.maxTracks * perTrack.reduce((total, bytes) => total + bytes, 0)
}
