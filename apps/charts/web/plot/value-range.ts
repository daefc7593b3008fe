import { rangeWithin, type Range } from './points.ts'
import type { PlotScene } from './plot-scene.ts'

export interface RangeRule {
  /** The axis begins there, whatever the values. */
  readonly base?: number
  /** The axis reaches at least so far. */
  readonly atLeast?: number
}

/** What the value axis shows, in round numbers, so that it moves seldom. */
export function valueRange(scene: PlotScene, { base, atLeast }: RangeRule): Range {
  const { span, tracks, threshold } = scene
  let [min, max] = [base ?? Infinity, atLeast ?? -Infinity]
  const take = (range: Range | undefined): void => {
    if (!range) return
    min = Math.min(min, range.min)
    max = Math.max(max, range.max)
  }
  for (const track of tracks) take(rangeWithin(track, span))
  if (threshold && isNear(threshold.value, min, max)) take({ min: threshold.value, max: threshold.value })
  if (!(min <= max)) return { min: base ?? 0, max: (base ?? 0) + 1 }
  const step = niceStep(extentOf(min, max))
  const top = Math.ceil(max / step + 0.1) * step
  return { min: base !== undefined && min >= base ? base : Math.floor(min / step - 0.1) * step, max: top }
}

/** A threshold farther away than that many times the extent of the values would make them a flat line. */
const nearTimes = 2

function isNear(value: number, min: number, max: number): boolean {
  const reach = (max - min) * nearTimes
  return !(min <= max) || (value >= min - reach && value <= max + reach)
}

/** Values that are all the same, as far as anybody could see, have one of their own. */
function extentOf(min: number, max: number): number {
  const size = Math.max(Math.abs(min), Math.abs(max))
  if (max - min > Math.max(size * 1e-9, 1e-9)) return max - min
  return size > 1e-9 ? size * 0.02 : 1
}

/** A tenth of the extent, rounded up to 1, 2 or 5 times a power of ten. */
function niceStep(extent: number): number {
  const raw = extent / 10
  const power = 10 ** Math.floor(Math.log10(raw))
  const factor = [1, 2, 5].find((each) => each * power >= raw) ?? 10
  return factor * power
}
