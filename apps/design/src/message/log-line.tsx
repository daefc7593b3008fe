import type { ReactElement } from 'react'
import { dayText } from '../times.ts'

export interface DayLineProps {
  /** Ms since 1970. */
  readonly at: number
}

/** Between rows of a log: a day begins. */
export function DayLine({ at }: DayLineProps): ReactElement {
  return (
    <h2 className="mr-line">
      <span>{dayText(at)}</span>
    </h2>
  )
}

/** Where the rows begin that the reader has not seen. */
export function NewLine(): ReactElement {
  return (
    <p className="mr-line mr-line--new">
      <span>New messages</span>
    </p>
  )
}
