/** Rollups per step: with steps of one second 1 s, 10 s, 1 min, 10 min, 1 h and 10 h, which divide the widths that candles have. */
const multiples = [1, 10, 60, 600, 3_600, 36_000]

/** The widths of all rollups, ms, finest first. None is wider than what is kept. */
export function levelsOf({
  stepMs,
  retentionMs,
}: {
  readonly stepMs: number
  readonly retentionMs: number
}): readonly number[] {
  return multiples.map((multiple) => multiple * stepMs).filter((widthMs, level) => level === 0 || widthMs < retentionMs)
}

/** For how long something is kept, ms. */
export interface Retention {
  readonly retentionMs: number
  readonly stepRetentionMs?: number
}

/** How long a rollup is kept, ms; the finest one may be kept for less than the others. */
export function keptMs({ retentionMs, stepRetentionMs = retentionMs }: Retention, level: number): number {
  return level === 0 ? Math.min(stepRetentionMs, retentionMs) : retentionMs
}

/**
 * The index of the widest rollup that is not wider than `bucketMs`, or of the finest that is kept for long enough.
 *
 * @param agoMs How long ago what is asked for begins.
 */
export function chooseLevel(levels: readonly number[], bucketMs: number, retention: Retention, agoMs: number): number {
  const stepMs = keptMs(retention, 0)
  const finest = stepMs < retention.retentionMs && agoMs > stepMs ? 1 : 0
  return Math.max(
    finest,
    levels.findLastIndex((widthMs) => widthMs <= bucketMs),
  )
}
