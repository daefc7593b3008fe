import type { ReactElement } from 'react'
import { fullTimeText, shortTimeText, timeText } from './times.ts'

export interface TimeProps {
  /** Ms since 1970. */
  readonly at: number
  /** Default `time`; `short` names the day of what was before today. */
  readonly format?: 'time' | 'short'
}

/** A time, the whole of it in its tip. */
export function Time({ at, format = 'time' }: TimeProps): ReactElement {
  return (
    <time
      className="mr-time"
      dateTime={new Date(at).toISOString()}
      // Made when somebody points at it: a log has many times, and all of one takes long to say.
      onPointerEnter={({ currentTarget }) => void (currentTarget.title = fullTimeText(at))}
    >
      {format === 'time' ? timeText(at) : shortTimeText(at)}
    </time>
  )
}
