import type { ReactElement } from 'react'
import { dayText } from '../times.ts'
import { useToday } from '../use-today.ts'

export interface DayLineProps {
  /** Ms since 1970. */
  readonly at: number
}

/** Between rows of a log: a day begins. */
export function DayLine({ at }: DayLineProps): ReactElement {
  const today = useToday()
  return (
    <h2 className="mr-line">
      <span>{dayText(at, today)}</span>
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
