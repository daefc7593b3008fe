import type { ReactElement } from 'react'

export interface SegmentsProps<V> {
  /** What is chosen. */
  readonly label: string
  readonly choices: readonly { readonly value: V; readonly name: string; readonly label?: string }[]
  /** Undefined: none of them. */
  readonly chosen: V | undefined
  readonly onChoose: (value: V) => void
}

/** A few choices side by side, of which one holds. */
export function Segments<V extends string | number | boolean>(props: SegmentsProps<V>): ReactElement {
  const { label: legend, choices, chosen, onChoose } = props
  return (
    <fieldset className="mr-segments">
      <legend className="mr-unseen">{legend}</legend>
      {choices.map(({ value, name, label }) => (
        <button key={name} type="button" title={label} aria-pressed={value === chosen} onClick={() => onChoose(value)}>
          {name}
        </button>
      ))}
    </fieldset>
  )
}
