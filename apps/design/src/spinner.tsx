import type { ReactElement } from 'react'

export interface SpinnerProps {
  /** What takes its time: `Loading older messages`. */
  readonly label: string
  readonly size?: 'small' | 'medium'
}

/** Turns; where motion is reduced it fades instead. */
export function Spinner({ label, size = 'medium' }: SpinnerProps): ReactElement {
  return (
    <output className="mr-spinner" data-size={size}>
      <span className="mr-unseen">{label}</span>
    </output>
  )
}
