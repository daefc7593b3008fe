import { Button, EmptyState, failureText } from '@millrace/app-design'
import type { MillraceError } from '@millrace/contract'
import type { ReactElement } from 'react'
import type { ShelfEntry } from '../../contract.ts'
import { addressOf, goTo } from '../address.ts'
import { downloadMarkdown } from './export-text.ts'
import type { LiveDocument } from './live-document.ts'

interface ClosedDocumentProps {
  /** Undefined: the address names no document. */
  readonly error: MillraceError | undefined
  readonly entry?: ShelfEntry | undefined
  /** What was on the page before; undefined: nothing was. */
  readonly live?: LiveDocument | undefined
}

/** In place of a document that does not exist, or is not this user's to see. */
export function ClosedDocument({ error, entry, live }: ClosedDocumentProps): ReactElement {
  const text = live?.text.toJSON() ?? ''
  const action = (
    <div className="waiting-actions">
      {text !== '' && (
        <Button icon="down" onClick={() => downloadMarkdown(entry?.title ?? 'document', text)}>
          Download what is on this device
        </Button>
      )}
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
      </EmptyState>
    </main>
  )
}
