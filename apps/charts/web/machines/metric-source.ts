import type { AddressStore } from '../address/address-store.ts'
import { colourOf } from '../plot/palette.ts'
import type { PlotScene } from '../plot/plot-scene.ts'
import type { PlotSource } from '../plot/use-plot.ts'
import type { Absence } from '../time/absence.ts'
import type { TimeControl } from '../time/time-control.ts'
import type { SeriesFeed } from '../view/series-feed.ts'
import type { MachineField, MachineSeries } from './metrics.ts'

interface MetricSourceOptions {
  readonly field: MachineField
  readonly feed: SeriesFeed<MachineSeries> | undefined
  /** All nodes, which give colours; and those that are drawn. */
  readonly names: readonly string[]
  readonly shown: readonly string[]
  readonly time: TimeControl
  readonly address: AddressStore
  readonly absence: Absence
}

/** Nodes tell once a second; where nothing came for longer than this, a line is interrupted, ms. */
const silenceMs = 3_500
const noPoints = { at: new Float64Array(), values: new Float64Array() }

/** One line for each node. */
export function metricSource(options: MetricSourceOptions): PlotSource {
  const { field, feed, names, shown, time, address, absence } = options
  return {
    scene: (): PlotScene => {
      const view = feed?.view
      return {
        span: time.span(),
        tracks: shown.map((name) => ({
          label: name,
          colour: colourOf(name, names),
          ...(view ? view.points(name, field) : noPoints),
        })),
        threshold: address.get().alerts[field],
        awaySince: absence.since,
        breakMs: Math.max(silenceMs, 2.5 * (view?.columnMs ?? 0)),
      }
    },
    on: (listener) => {
      const offs = [feed?.on(listener), address.on(listener), absence.on(listener)]
      return () => offs.forEach((off) => off?.())
    },
  }
}
