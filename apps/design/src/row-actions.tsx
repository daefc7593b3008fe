import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react'

export interface RowActionsProps {
  /** The name of its button: `Actions for the message of Ada`. */
  readonly label: string
  /** A mouse is over the row. */
  readonly isOver: boolean
  /** Buttons; made only when they are shown. */
  readonly children: ReactNode
}

/**
 * Stands in a row (`position: relative`) and shows its buttons while a mouse is over the row, or after its own button
 * was pressed: then until the focus goes elsewhere, or Escape.
 */
export function RowActions({ label, isOver, children }: RowActionsProps): ReactElement {
  const [isPinned, setPinned] = useState(false)
  const bar = useRef<HTMLFieldSetElement>(null)
  useEffect(() => (isPinned && bar.current ? onLeaving(bar.current, () => setPinned(false)) : undefined), [isPinned])
  const isOpen = isOver || isPinned
  return (
    <fieldset ref={bar} className="mr-actions" aria-label={label} data-open={isOpen || undefined}>
      {/* Its dots are the style's: with a picture in each, a long log scrolls worse. */}
      <button
        type="button"
        className="mr-button mr-button--icon mr-actions-more"
        data-variant="quiet"
        data-size="small"
        title={label}
        aria-label={label}
        aria-expanded={isOpen}
        onClick={() => setPinned(!isPinned)}
      />
      {isOpen && <div className="mr-actions-bar">{children}</div>}
    </fieldset>
  )
}

/** Calls `leave` when the focus goes out of the element, and after Escape, which gives the focus to its first button. */
function onLeaving(element: HTMLElement, leave: () => void): () => void {
  const onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) leave()
  }
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key !== 'Escape') return
    element.querySelector('button')?.focus()
    leave()
  }
  element.addEventListener('focusout', onFocusOut)
  element.addEventListener('keydown', onKeyDown)
  return () => {
    element.removeEventListener('focusout', onFocusOut)
    element.removeEventListener('keydown', onKeyDown)
  }
}
