import { useEffect, useMemo, useRef, type ReactElement } from 'react'
import type { UsedNodes } from '../machines/use-nodes.ts'
import { usePageParts } from '../page-parts.ts'
import { byteRateText, bytesText, msText, rateText } from '../plot/value-texts.ts'
import { noValue } from '../plot/said-at.ts'
import { useFeed } from '../view/use-feed.ts'
import { receivedBytes } from './count-bytes.ts'
import { Rate } from './rate.ts'

const fields = ['updatesIn', 'framesOut', 'bytesOut', 'conflated', 'shed'] as const
type CostField = (typeof fields)[number]

/** Nodes measure once a second; what is asked for more often is told sooner. */
const fps = 10
/** As often as nodes measure, ms. */
const everyMs = 1_000
/** A node that said nothing for longer is not counted, ms. */
const freshMs = 5_000

const servers: readonly { readonly field: CostField; readonly label: string; readonly text: (v: number) => string }[] =
  [
    { field: 'updatesIn', label: 'Updates in', text: rateText },
    { field: 'framesOut', label: 'Frames out', text: rateText },
    { field: 'bytesOut', label: 'Bytes out', text: byteRateText },
    { field: 'conflated', label: 'Conflated', text: rateText },
    { field: 'shed', label: 'Shed', text: rateText },
  ]

/** What all of this costs: the nodes together, and this page. */
export function CostStrip({ joined, names }: UsedNodes): ReactElement {
  const { received, clock } = usePageParts()
  const place = useRef<HTMLDListElement>(null)
  const { room, status } = joined
  const series = useMemo(() => (status === 'joined' ? room.series('use') : undefined), [room, status])
  const query = useMemo(
    () => (names.length === 0 ? undefined : { keys: names, fields, last: 60_000, widthPx: 60, fps }),
    [names],
  )
  const feed = useFeed(series, query)
  useEffect(() => {
    const [bytes, values] = [new Rate(), new Rate()]
    const look = (): void => {
      const now = performance.now()
      const say = (name: string, text: string): void => {
        const element = place.current?.querySelector(`[data-cost="${name}"]`)
        if (element && element.textContent !== text) element.textContent = text
      }
      const view = feed?.view
      for (const { field, text } of servers) {
        const newest = names.flatMap((name) => {
          const { at, values: all } = view?.points(name, field) ?? { at: [], values: [] }
          return (at.at(-1) ?? 0) > clock.now() - freshMs ? [all.at(-1) ?? 0] : []
        })
        say(field, newest.length > 0 ? text(newest.reduce((sum, each) => sum + each, 0)) : noValue)
      }
      say('received', byteRateText(bytes.look(receivedBytes(), now)))
      say('total', bytesText(receivedBytes()))
      say('values', rateText(values.look(received.values, now)))
      const delay = received.medianDelayMs(now)
      say('latency', delay === undefined ? noValue : msText(Math.max(0, delay)))
    }
    look()
    const timer = setInterval(look, everyMs)
    return () => clearInterval(timer)
  }, [feed, names, received, clock])
  useEffect(() => {
    const newest = new Map<string, number>()
    return feed?.on(() => {
      for (const name of names) {
        const at = feed.view?.points(name, 'updatesIn').at.at(-1)
        if (at === undefined || at <= (newest.get(name) ?? 0)) continue
        newest.set(name, at)
        received.note(at, performance.now())
      }
    })
  }, [feed, names, received])
  return (
    <section className="cost" aria-label="What it costs">
      <h2>What it costs</h2>
      <dl ref={place}>
        {servers.map(({ field, label }) => (
          <CostItem key={field} name={field} label={label} of={names.length === 1 ? 'the node' : 'all nodes'} />
        ))}
        <CostItem name="values" label="Values received" of="this page" />
        <CostItem name="received" label="Received" of="this page" />
        <CostItem name="total" label="Since opened" of="this page" />
        <CostItem name="latency" label="Latency" of="server to here" />
      </dl>
    </section>
  )
}

function CostItem({ name, label, of }: Readonly<Record<'name' | 'label' | 'of', string>>): ReactElement {
  return (
    <div>
      <dt>
        {label} <small>{of}</small>
      </dt>
      <dd data-cost={name}>{noValue}</dd>
    </div>
  )
}
