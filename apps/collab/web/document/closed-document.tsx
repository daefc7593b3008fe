import { Button, EmptyState, failureText } from '@millrace/app-design'
import type { MillraceError } from '@millrace/contract'
import type { ReactElement, ReactNode } from 'react'
import { addressOf, goTo } from '../address.ts'

interface ClosedDocumentProps {
  /** Undefined: the address names no document. */
  readonly error: MillraceError | undefined
  /** What becomes of what this device has of it. */
  readonly children?: ReactNode
  /** What can be done about it, beside going to the list. */
  readonly actions?: ReactNode
}

/** In place of a document that does not exist, or is not this user's to see. */
export function ClosedDocument({ error, children, actions }: ClosedDocumentProps): ReactElement {
  const action = (
    <div className="waiting-actions">
      {actions}
      <Button variant="primary" onClick={() => goTo(addressOf())}>
        Your documents
      </Button>
    </div>
  )
  const isGone = error === undefined || ['FORBIDDEN', 'NOT_FOUND', 'INVALID_INPUT'].includes(error.code)
  return (
    <main className="waiting">
      <EmptyState
        icon={isGone ? 'lock' : 'offline'}
        title={isGone ? 'This document is not here for you' : 'The document cannot be opened now'}
        action={action}
      >
        {isGone ? 'It was deleted, or it is not shared with you. A link of its owner lets you in.' : failureText(error)}
        {children}
      </EmptyState>
    </main>
  )
}
