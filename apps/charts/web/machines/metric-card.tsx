import { IconButton } from '@millrace/app-design'
import { useEffect, useMemo, type ReactElement } from 'react'
import { AlertForm } from '../alert/alert-form.tsx'
import { useAlerts } from '../alert/use-alerts.ts'
import { withAlert } from '../alert/with-alert.ts'
import { useAddress, usePageParts } from '../page-parts.ts'
import { colourOf } from '../plot/palette.ts'
import { TimePlot } from '../plot/time-plot.tsx'
import type { SeriesFeed } from '../view/series-feed.ts'
import { metricSource } from './metric-source.ts'
import type { MachineSeries, Metric } from './metrics.ts'

interface MetricCardProps {
  readonly metric: Metric
  readonly feed: SeriesFeed<MachineSeries> | undefined
  readonly names: readonly string[]
  readonly shown: readonly string[]
  readonly isLarge: boolean
  readonly onAlert: (metric: string, isBeyond: boolean) => void
}

/** One of the small charts, or the large one. */
export function MetricCard({ metric, feed, names, shown, isLarge, onAlert }: MetricCardProps): ReactElement {
  const { name, label, rule, valueText, unit, scale } = metric
  const { address, time, absence } = usePageParts()
  const { alerts } = useAddress()
  const threshold = alerts[name]
  const source = useMemo(
    () => metricSource({ field: name, feed, names, shown, time, address, absence }),
    [name, feed, names, shown, time, address, absence],
  )
  const isBeyond = useAlerts(label, source, threshold, valueText)
  useEffect(() => onAlert(name, isBeyond), [name, isBeyond, onAlert])
  const lines = useMemo(() => shown.map((each) => ({ label: each, colour: colourOf(each, names) })), [shown, names])
  return (
    <section
      className="chart-card metric"
      data-large={isLarge || undefined}
      data-beyond={isBeyond || undefined}
      aria-label={label}
    >
      <header className="metric-head">
        <h2>{label}</h2>
        <AlertForm
          label={label}
          unit={unit}
          scale={scale}
          threshold={threshold}
          onChange={(next) => address.adjust({ alerts: withAlert(address.get().alerts, name, next) })}
        />
        <IconButton
          size="small"
          icon={isLarge ? 'shrink' : 'grow'}
          label={isLarge ? 'Show all charts' : `Show ${label} large`}
          onClick={() => address.go({ large: isLarge ? undefined : name })}
        />
      </header>
      <TimePlot
        label={label}
        lines={lines}
        source={source}
        time={time}
        rule={rule}
        valueText={valueText}
        group="machines"
        isWheelFree={isLarge}
      />
    </section>
  )
}
