import { Choice } from '@millrace/app-design'
import { useId, type ReactElement } from 'react'
import type { Report } from '../play/report.ts'
import type { ViewOptions } from '../play/scene.ts'

export interface LinePanelProps {
  readonly line: Report['line'] | undefined
  readonly options: ViewOptions
  readonly onOptions: (options: ViewOptions) => void
  readonly lagMs: number
  readonly onLag: (ms: number) => void
}

const maxLagMs = 600
const switches = [
  { option: 'isPredicting', label: 'Prediction', hint: 'Your boat obeys at once, and is corrected.' },
  { option: 'isInterpolating', label: 'Interpolation', hint: 'The others glide, a tenth of a second behind.' },
  { option: 'showsServer', label: "Show the server's word", hint: 'Outlines your boat where the server said last.' },
] as const

/** What the way to the server costs, and what hides it. */
export function LinePanel({ line, options, onOptions, lagMs, onLag }: LinePanelProps): ReactElement {
  const id = useId()
  return (
    <section className="card line" aria-labelledby="line-title">
      <h2 id="line-title">The line</h2>
      <dl>
        <Fact name="Ping" value={ms(line?.pingMs)} />
        <Fact name="Jitter" value={line?.pingMs === undefined ? '–' : ms(line.jitterMs)} />
        <Fact name="Input to effect" value={ms(line?.echoMs)} />
        <Fact name="Newest tick is" value={line?.ageMs === undefined ? '–' : `${ms(line.ageMs)} old`} />
        <Fact name="Ticks a second" value={line?.ticksPerSecond?.toFixed(1) ?? '–'} />
        <Fact name="Unanswered inputs" value={String(line?.pending ?? 0)} />
        <Fact name="Prediction was off by" value={line?.error === undefined ? '–' : `${line.error.toFixed(1)} units`} />
        <Fact name="Pond kept by" value={line?.node ?? '–'} />
      </dl>
      <div className="line-lag">
        <label htmlFor={`${id}lag`}>
          Added latency <output htmlFor={`${id}lag`}>{lagMs} ms</output>
        </label>
        <input
          id={`${id}lag`}
          type="range"
          min={0}
          max={maxLagMs}
          step={20}
          value={lagMs}
          onChange={({ target }) => onLag(Number(target.value))}
        />
      </div>
      {switches.map(({ option, label, hint }) => (
        <Choice
          key={option}
          type="checkbox"
          label={label}
          hint={hint}
          checked={options[option]}
          onChange={({ target }) => onOptions({ ...options, [option]: target.checked })}
        />
      ))}
    </section>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function ms(value: number | undefined): string {
  return value === undefined ? '–' : `${Math.round(value)} ms`
}
