import { useCallback, useId, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { exactTime } from '../time/time-text.ts'
import type { TimeControl } from '../time/time-control.ts'
import { pressKey } from './chart-keys.ts'
import { PlotTable } from './plot-table.tsx'
import type { ColourName } from './palette.ts'
import type { PlotScene } from './plot-scene.ts'
import { noValue, saidAt } from './said-at.ts'
import { usePlot, type PlotSource } from './use-plot.ts'
import type { RangeRule } from './value-range.ts'

export interface TimePlotProps {
  /** What it shows: `CPU of the machine`. */
  readonly label: string
  /** The tracks of its scenes, in their order. */
  readonly lines: readonly { readonly label: string; readonly colour: ColourName }[]
  /** This and the functions: keep their identities, another one makes another chart. */
  readonly source: PlotSource
  readonly time: TimeControl
  readonly rule: RangeRule
  readonly valueText: (value: number) => string
  readonly group?: string
  readonly isWheelFree?: boolean
}

/** For eyes and a pointer; screen readers are told the keys. */
const pointerHint = 'drag to move, wheel to zoom, Shift and drag to choose a part'
/** How many pixels the crosshair goes with a key. */
const crossStepPx = 8

/** A chart over time with its legend, which tells the values at the crosshair or the newest ones. */
export function TimePlot(props: TimePlotProps): ReactElement {
  const { label, lines, source, time, rule, valueText, group, isWheelFree = false } = props
  const id = useId()
  const place = useRef<HTMLDivElement>(null)
  const legend = useRef<HTMLUListElement>(null)
  const moment = useRef<HTMLSpanElement>(null)
  const [said, setSaid] = useState('')
  const hint = isWheelFree && matchMedia('(pointer: fine)').matches ? pointerHint : ''
  const onDrawn = useCallback(
    (scene: PlotScene, at: number | undefined) => {
      write(moment.current, at === undefined ? hint : exactTime(at))
      const places = legend.current?.querySelectorAll('output') ?? []
      scene.tracks.forEach((track, index) => write(places[index], saidAt(scene, track, at, valueText)))
    },
    [valueText, hint],
  )
  const plot = usePlot(place, { source, time, rule, valueText, group, onDrawn, isWheelFree })

  function moveCross(byPx: number): void {
    const shown = plot.current
    if (!shown) return
    const { from, to } = time.span()
    const at = Math.min(to, Math.max(from, (shown.crossedAt ?? to) + byPx * shown.msPerPx))
    shown.cross(at)
    const scene = source.scene()
    const values = scene.tracks.map((track) => `${track.label} ${saidAt(scene, track, at, valueText)}`)
    setSaid(`${exactTime(at)}: ${values.join(', ')}`)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { key, shiftKey } = event
    if (shiftKey && key === 'ArrowLeft') moveCross(-crossStepPx)
    else if (shiftKey && key === 'ArrowRight') moveCross(crossStepPx)
    else if (key === 'Escape') plot.current?.cross(undefined)
    else if (!pressKey(time, key)) return
    event.preventDefault()
  }

  return (
    <div className="time-plot">
      <div className="time-plot-legend">
        <ul ref={legend} aria-label={`${label}: values`}>
          {lines.map((line) => (
            <li key={line.label} data-colour={line.colour}>
              <span>{line.label}</span> <output aria-live="off">{noValue}</output>
            </li>
          ))}
        </ul>
        <span ref={moment} className="time-plot-moment" aria-hidden="true" />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application takes keys */}
      <div
        ref={place}
        className="time-plot-place"
        role="application"
        aria-roledescription="chart"
        aria-label={label}
        aria-describedby={`${id}keys`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard pans and zooms it
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => plot.current?.cross(undefined)}
      />
      <p id={`${id}keys`} hidden>
        Arrow keys move in time, with Shift they read values. Plus and minus zoom, space pauses, End goes to now.
      </p>
      <output className="mr-unseen">{said}</output>
      <PlotTable label={label} source={source} valueText={valueText} />
    </div>
  )
}

function write(place: Element | null | undefined, text: string): void {
  if (place && place.textContent !== text) place.textContent = text
}
