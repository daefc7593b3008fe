import { chartKeys } from '../chart-keys.ts'
import type { Contender } from '../contenders/contender.ts'
import { spike } from '../spike.ts'

export interface ChartFill {
  readonly keys: number
  /** ms since 1970. Of every key one value at each `stepMs` until `to`, that not included. */
  readonly from: number
  readonly to: number
  readonly stepMs: number
  /** When the first key has the spike: one of the times. */
  readonly spikeAt: number
}

/** Appends that may be under way: so few that the collector of garbage finds them done. */
const mostUnderWay = 200

/** Waves of different lengths with noise upon them, so that a column has its four points; the first with a spike of one sample. */
export async function fillCharts({ charts }: Contender, fill: ChartFill): Promise<void> {
  if (charts === undefined) throw new Error('this contender has no charts')
  const keys = chartKeys(fill.keys)
  let underWay = 0
  let noise = 1
  for (let at = fill.from; at < fill.to; at += fill.stepMs) {
    for (const [index, key] of keys.entries()) {
      const isSpike = index === 0 && at === fill.spikeAt
      noise = (noise * 48_271) % 0x7fff_ffff // MINSTD: Park and Miller, CACM 31 (1988)
      const value = Math.sin(at / (60_000 * (index + 1))) + noise / 0x7fff_ffff
      const stored = charts.store(key, at, isSpike ? spike : value)
      if (stored !== undefined && ++underWay % mostUnderWay === 0) await stored
    }
  }
  await charts.store(keys[0] ?? '', fill.to, 0)
}
