import type { ReactElement } from 'react'
import { Button } from '../button.tsx'

export interface FailedNoteProps {
  readonly text: string
  readonly onRetry: () => void
  readonly onDiscard: () => void
}

/** What did not work, and what somebody can do about it. */
export function FailedNote({ text, onRetry, onDiscard }: FailedNoteProps): ReactElement {
  return (
    <div className="mr-message-failed" role="alert">
      <span>{text}</span>
      <Button size="small" onClick={onRetry}>
        Try again
      </Button>
      <Button size="small" variant="quiet" onClick={onDiscard}>
        Discard
      </Button>
    </div>
  )
}
