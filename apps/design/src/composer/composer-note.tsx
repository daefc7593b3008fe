import type { ReactElement, ReactNode } from 'react'
import { IconButton } from '../icon-button.tsx'

export interface ComposerNoteProps {
  readonly children: ReactNode
  readonly cancelLabel: string
  readonly onCancel: () => void
}

/** Above the text of a Composer: what it belongs to, or what goes along, and a button against it. */
export function ComposerNote({ children, cancelLabel, onCancel }: ComposerNoteProps): ReactElement {
  return (
    <div className="mr-composer-note">
      <div className="mr-composer-note-text" dir="auto">
        {children}
      </div>
      <IconButton icon="close" label={cancelLabel} size="small" onClick={onCancel} />
    </div>
  )
}
