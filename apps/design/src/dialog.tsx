import { useEffect, useId, useLayoutEffect, useRef, type ReactElement, type ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'

export interface DialogProps {
  readonly isOpen: boolean
  /** By Escape, the close button or a click beside it. */
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  /** Buttons, the main one last. */
  readonly footer?: ReactNode
  readonly size?: 'small' | 'medium' | 'large'
}

/**
 * The browser's own modal dialog: the page behind is inert, the focus goes to the first field, if there is one, and
 * returns to where it was.
 */
export function Dialog({ isOpen, onClose, title, children, footer, size = 'medium' }: DialogProps): ReactElement {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useLayoutEffect(() => {
    const element = dialog.current
    if (!element || !isOpen) return
    element.showModal()
    startIn(element)
    // Not on the element as a prop: a click on it is one on the backdrop, for which the keyboard has Escape.
    const onClick = ({ target }: MouseEvent): void => {
      if (target === element) close.current()
    }
    element.addEventListener('click', onClick)
    return () => {
      element.removeEventListener('click', onClick)
      // While it is still in the page: only then does the browser give the focus back.
      element.close()
    }
  }, [isOpen])
  return (
    <dialog
      ref={dialog}
      className="mr-dialog"
      data-size={size}
      aria-labelledby={`${id}title`}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      {isOpen && (
        <div className="mr-dialog-box">
          <header className="mr-dialog-head">
            <h2 id={`${id}title`}>{title}</h2>
            <IconButton icon="close" label="Close" onClick={onClose} />
          </header>
          <div className="mr-dialog-body">{children}</div>
          {footer !== undefined && <footer className="mr-dialog-foot">{footer}</footer>}
        </div>
      )}
    </dialog>
  )
}

function startIn(dialog: HTMLDialogElement): void {
  const body = dialog.querySelector<HTMLElement>('.mr-dialog-body')
  if (!body) return
  // The keyboard has to scroll what is too long, also where nothing in it takes the focus.
  if (body.scrollHeight > body.clientHeight) body.tabIndex = 0
  body.querySelector<HTMLElement>('input:not(:disabled), textarea:not(:disabled)')?.focus()
}
