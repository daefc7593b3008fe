import { useEffect, useState, type ReactElement } from 'react'
import { exactTime } from '../time/time-text.ts'
import type { PlotScene } from './plot-scene.ts'
import { saidAt } from './said-at.ts'
import type { PlotSource } from './use-plot.ts'

interface PlotTableProps {
  readonly label: string
  readonly source: PlotSource
  readonly valueText: (value: number) => string
}

/** Texts, since points are valid only until the next ones come. */
interface Table {
  readonly labels: readonly string[]
  readonly rows: readonly { readonly at: number; readonly texts: readonly string[] }[]
}

const rowCount = 12
/** Rows that change while they are read are of no use, ms. */
const everyMs = 10_000

/** The chart's numbers for whoever cannot or does not want to look at lines. */
export function PlotTable({ label, source, valueText }: PlotTableProps): ReactElement {
  const [table, setTable] = useState<Table>()
  const isOpen = table !== undefined
  useEffect(() => {
    if (!isOpen) return
    const timer = setInterval(() => setTable(tableOf(source.scene(), valueText)), everyMs)
    return () => clearInterval(timer)
  }, [isOpen, source, valueText])
  return (
    <details
      className="plot-table"
      onToggle={({ currentTarget }) => setTable(currentTarget.open ? tableOf(source.scene(), valueText) : undefined)}
    >
      <summary>
        <span className="mr-unseen">{label}: </span>Table
      </summary>
      {table && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard has to scroll it
        <section className="plot-table-scroll" tabIndex={0} aria-label={`${label}, numbers`}>
          <table>
            <thead>
              <tr>
                {['Time', ...table.labels].map((each) => (
                  <th key={each} scope="col">
                    {each}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map(({ at, texts }) => (
                <tr key={at}>
                  <th scope="row">{exactTime(at)}</th>
                  {texts.map((text, index) => (
                    <td key={table.labels[index]}>{text}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  )
}

function tableOf(scene: PlotScene, valueText: (value: number) => string): Table {
  const { tracks } = scene
  const rows = timesOf(scene).map((at) => ({ at, texts: tracks.map((track) => saidAt(scene, track, at, valueText)) }))
  return { labels: tracks.map(({ label }) => label), rows }
}

/** Newest first, evenly spaced. */
function timesOf({ span: { from, to } }: PlotScene): number[] {
  return Array.from({ length: rowCount }, (_, index) => to - (index * (to - from)) / rowCount)
}
