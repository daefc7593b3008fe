import { Button, Field, IconButton } from '@millrace/app-design'
import { useState, type ReactElement, type FormEvent } from 'react'
import type { Threshold } from './threshold.ts'

interface AlertFormProps {
  /** What is measured: `CPU of the machine`. */
  readonly label: string
  /** What one writes: `%`; '' where a number says it all. */
  readonly unit: string
  /** A written number times this is a value of the chart. */
  readonly scale: number
  readonly threshold: Threshold | undefined
  readonly onChange: (threshold: Threshold | undefined) => void
}

/** Sets the threshold of a chart and takes it away. */
export function AlertForm({ label, unit, scale, threshold, onChange }: AlertFormProps): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const [error, setError] = useState<string>()
  if (!isOpen) {
    const text = threshold && `${threshold.side} ${numberText(threshold.value / scale)} ${unit}`
    return (
      <span className="alert-shown">
        {threshold ? (
          <Button size="small" icon="bell" onClick={() => setOpen(true)}>
            {text}
          </Button>
        ) : (
          <IconButton size="small" icon="bell" label={`Alert for ${label}`} onClick={() => setOpen(true)} />
        )}
        {threshold && (
          <IconButton size="small" icon="close" label={`No alert for ${label}`} onClick={() => onChange(undefined)} />
        )}
      </span>
    )
  }
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const written = form.get('value')
    const value = typeof written === 'string' && written !== '' ? Number(written.replace(',', '.')) : NaN
    if (!Number.isFinite(value)) return setError('Write a number, for example 80.')
    onChange({ side: form.get('side') === 'below' ? 'below' : 'above', value: value * scale })
    setError(undefined)
    setOpen(false)
  }
  return (
    <form className="alert-form" aria-label={`Alert for ${label}`} onSubmit={submit}>
      <span>Tell me when it is</span>
      <select name="side" aria-label="Above or below" className="mr-input" defaultValue={threshold?.side ?? 'above'}>
        <option value="above">above</option>
        <option value="below">below</option>
      </select>
      <Field
        label={unit === '' ? 'Value' : `Value in ${unit}`}
        isLabelHidden
        name="value"
        inputMode="decimal"
        placeholder={unit}
        autoComplete="off"
        ref={focus}
        defaultValue={threshold ? numberText(threshold.value / scale) : ''}
        error={error}
      />
      <Button type="submit" size="small" variant="primary">
        Set
      </Button>
      <Button size="small" variant="quiet" onClick={() => setOpen(false)}>
        Cancel
      </Button>
    </form>
  )
}

/** Of the element that was asked for, as it comes into the page. */
function focus(element: HTMLElement | null): void {
  element?.focus()
}

/** Without digits that arithmetic made. */
function numberText(value: number): string {
  return String(Number(value.toPrecision(8)))
}
