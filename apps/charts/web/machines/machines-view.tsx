import { EmptyState, Spinner } from '@millrace/app-design'
import { useCallback, useMemo, useState, type ReactElement } from 'react'
import { useTitle } from '../alert/use-title.ts'
import { useAddress } from '../page-parts.ts'
import { TimeBar } from '../time/time-bar.tsx'
import { useFeed } from '../view/use-feed.ts'
import { columnsFor, windowQuery } from '../view/window-query.ts'
import { MetricCard } from './metric-card.tsx'
import { metrics } from './metrics.ts'
import type { UsedNodes } from './use-nodes.ts'

/** Nodes measure once a second; more often would only make lines end sooner by less than a second. */
const fps = 2
const smallPx = 300

/** All nodes, as many charts as there are things that are measured, or one of them large. */
export function MachinesView({ joined, names }: UsedNodes): ReactElement {
  const { large, hidden, window: shownTime } = useAddress()
  const drawn = useMemo(() => {
    const one = metrics.filter(({ name }) => name === large)
    return one.length > 0 ? one : metrics
  }, [large])
  const isLarge = drawn.length === 1
  const shown = useMemo(() => names.filter((name) => !hidden.includes(name)), [names, hidden])
  const query = useMemo(() => {
    if (names.length === 0) return undefined
    const fields = drawn.map(({ name }) => name)
    const widthPx = columnsFor(isLarge ? innerWidth : smallPx, names.length * fields.length)
    return { keys: names, fields, widthPx, fps, ...windowQuery(shownTime) }
  }, [names, drawn, isLarge, shownTime])
  const { room, status } = joined
  const series = useMemo(() => (status === 'joined' ? room.series('use') : undefined), [room, status])
  const feed = useFeed(series, query)
  const [beyond, setBeyond] = useState<readonly string[]>([])
  const onAlert = useCallback((metric: string, isBeyond: boolean) => {
    setBeyond((all) => [...all.filter((each) => each !== metric), ...(isBeyond ? [metric] : [])])
  }, [])
  useTitle(isLarge && drawn[0] ? drawn[0].label : 'Machines', beyond.length > 0)

  return (
    <>
      <TimeBar />
      {names.length === 0 ? (
        <EmptyState icon="system" title="No node has said anything yet" action={<Spinner label="Waiting" />}>
          Nodes tell how they are once a second.
        </EmptyState>
      ) : (
        <div className="metrics" data-large={isLarge || undefined}>
          {drawn.map((metric) => (
            <MetricCard
              key={metric.name}
              metric={metric}
              feed={feed}
              names={names}
              shown={shown}
              isLarge={isLarge}
              onAlert={onAlert}
            />
          ))}
        </div>
      )}
    </>
  )
}
