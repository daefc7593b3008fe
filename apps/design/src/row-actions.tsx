import { useRef, useState, type ReactElement, type ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'

export interface RowActionsProps {
  /** The name of the button: `Actions for the message of Ada`. */
  readonly label: string
  /** The row itself. */
  readonly row: ReactNode
  /** Buttons; made only when they are shown. */
  readonly children: ReactNode
}

/** A row whose buttons show while a mouse is over it, or after its one button was pressed, until the focus goes or Escape. */
export function RowActions({ label, row, children }: RowActionsProps): ReactElement {
  const [isOver, setOver] = useState(false)
  const [isPinned, setPinned] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  return (
    <div
      className="mr-actions-row"
      onPointerEnter={({ pointerType }) => setOver(pointerType === 'mouse')}
      onPointerLeave={() => setOver(false)}
    >
      {row}
      <div
        className="mr-actions"
        data-open={isOver || isPinned || undefined}
        onKeyDown={({ key }) => {
          if (key !== 'Escape' || !isPinned) return
          setPinned(false)
          opener.current?.focus()
        }}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) setPinned(false)
        }}
      >
        <IconButton
          ref={opener}
          icon="more"
          size="small"
          label={label}
          aria-expanded={isOver || isPinned}
          onClick={() => setPinned(!isPinned)}
        />
        {(isOver || isPinned) && (
          <div className="mr-actions-bar" role="group" aria-label={label}>
            {children}
          </div>
        )}
      </div>
    </div>
  )
}
