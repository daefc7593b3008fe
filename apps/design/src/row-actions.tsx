import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'

export interface RowActionsProps {
  /** The name of its button: `Actions for the message of Ada`. */
  readonly label: string
  /** Buttons; made only when they are shown. */
  readonly children: ReactNode
}

/**
 * Stands in a row (`position: relative`) and shows its buttons while a mouse is over the row, or after its own button
 * was pressed: then until the focus goes elsewhere, or Escape.
 */
export function RowActions({ label, children }: RowActionsProps): ReactElement {
  const [isOver, setOver] = useState(false)
  const [isPinned, setPinned] = useState(false)
  const bar = useRef<HTMLFieldSetElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const row = bar.current?.parentElement
    if (!bar.current || !row) return
    const listening = new AbortController()
    const { signal } = listening
    row.addEventListener('pointerenter', ({ pointerType }) => setOver(pointerType === 'mouse'), { signal })
    row.addEventListener('pointerleave', () => setOver(false), { signal })
    bar.current.addEventListener(
      'focusout',
      ({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && bar.current?.contains(relatedTarget))) setPinned(false)
      },
      { signal },
    )
    bar.current.addEventListener(
      'keydown',
      ({ key }) => {
        if (key !== 'Escape') return
        setPinned(false)
        opener.current?.focus()
      },
      { signal },
    )
    return () => listening.abort()
  }, [])
  const isOpen = isOver || isPinned
  return (
    <fieldset ref={bar} className="mr-actions" aria-label={label} data-open={isOpen || undefined}>
      <IconButton
        ref={opener}
        icon="more"
        size="small"
        label={label}
        aria-expanded={isOpen}
        onClick={() => setPinned(!isPinned)}
      />
      {isOpen && <div className="mr-actions-bar">{children}</div>}
    </fieldset>
  )
}
