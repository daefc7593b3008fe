import type { Random } from '@millrace/contract'
import { keptMs, levelsOf, metadataMs, type SeriesPlan } from '@millrace/server'
import { finite } from './lua-number.ts'

/**
 * Buckets in one chunk, by rollup. Large chunks make few keys; small ones vanish soon after the last of their points is older
 * than what is kept.
 */
const bucketsPerChunk = [512, 256, 128, 64, 32, 16]

/** Four points of 16 bytes. */
const bucketBytes = 64

export interface Rollup {
  /** Of a bucket, ms. */
  readonly widthMs: number
  /** Of a chunk, ms; chunks begin at multiples of it. */
  readonly spanMs: number
  readonly keptMs: number
  /** The most that stands in a chunk. */
  readonly maxBytes: number
}

/** Finest first. */
export function rollupsOf(plan: SeriesPlan): readonly Rollup[] {
  return levelsOf(plan).map((widthMs, level) => {
    const buckets = bucketsPerChunk[level] ?? 1
    return { widthMs, spanMs: widthMs * buckets, keptMs: keptMs(plan, level), maxBytes: buckets * bucketBytes }
  })
}

/** What the `ARGV` of the scripts on a series begins with. */
export function birthOf(plan: SeriesPlan, random: Random): string[] {
  const rememberedMs = finite(plan.retentionMs + metadataMs)
  return [random.id(), rememberedMs, String(plan.stepMs), String(levelsOf(plan).length)]
}
