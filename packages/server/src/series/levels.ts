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

/** The index of the widest rollup that is not wider than `bucketMs`; the finest where all are. */
export function chooseLevel(levels: readonly number[], bucketMs: number): number {
  return Math.max(
    0,
    levels.findLastIndex((widthMs) => widthMs <= bucketMs),
  )
}
