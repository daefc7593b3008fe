import { IconButton } from '@millrace/app-design'
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'

interface SidePanelProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** What stands beside the text. It takes the focus when it comes; Escape closes it. */
export function SidePanel({ title, onClose, children }: SidePanelProps): ReactElement {
  const panel = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useEffect(() => {
    // What is written in it may have taken the focus before.
    if (!panel.current?.contains(document.activeElement)) heading.current?.focus()
  }, [title])
  useEffect(() => {
    const element = panel.current
    const onKey = ({ key, target }: KeyboardEvent): void => {
      // In a form it takes back what is being written, and in a menu it closes that.
      if (key === 'Escape' && !(target as Element).closest('form, [popover]')) close.current()
    }
    element?.addEventListener('keydown', onKey)
    return () => element?.removeEventListener('keydown', onKey)
  }, [])
  return (
    <aside ref={panel} className="panel" aria-label={title}>
      <header className="panel-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <IconButton icon="close" label={`Close ${title.toLowerCase()}`} size="small" onClick={onClose} />
      </header>
      <div className="panel-body">{children}</div>
    </aside>
  )
}
