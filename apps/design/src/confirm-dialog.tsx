import type { ReactElement, ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

export interface ConfirmDialogProps {
  readonly isOpen: boolean
  readonly title: string
  /** What it will mean. */
  readonly children: ReactNode
  readonly confirmLabel: string
  readonly cancelLabel?: string
  readonly onConfirm: () => void
  /** Called after `onConfirm`, too. */
  readonly onClose: () => void
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactElement {
  const { isOpen, title, children, confirmLabel, cancelLabel = 'Cancel', onConfirm, onClose } = props
  const confirm = (): void => {
    onConfirm()
    onClose()
  }
  const footer = (
    <>
      <Button onClick={onClose}>{cancelLabel}</Button>
      <Button variant="danger" onClick={confirm}>
        {confirmLabel}
      </Button>
    </>
  )
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title} size="small" footer={footer}>
      {children}
    </Dialog>
  )
}
