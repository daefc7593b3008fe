import { Button, ConfirmDialog, failureText, useToasts } from '@millrace/app-design'
import type { MillraceError } from '@millrace/contract'
import { useState, type ReactElement } from 'react'
import type * as Y from 'yjs'
import { maxImportLength } from '../../contract.ts'
import { plainText } from '../editor/plain-text.ts'
import { useDocuments } from '../list/use-documents.ts'
import type { DocumentOnPage } from './document-on-page.ts'
import { downloadMarkdown } from './export-text.ts'
import { Notice } from './notice.tsx'

interface NotTakenProps {
  readonly refusal: MillraceError
  /** Whether the server takes anything of this user. */
  readonly canWrite: boolean
  readonly isChanging: boolean
  readonly title: string
  readonly text: Y.Text
  readonly onPage: Pick<DocumentOnPage, 'putBack' | 'discard'>
}

/** The server does not take what was written here: what somebody can do about it. */
export function NotTaken({ refusal, canWrite, isChanging, title, text, onPage }: NotTakenProps): ReactElement {
  const toasts = useToasts()
  const documents = useDocuments()
  const [isAsking, setAsking] = useState(false)
  const isFull = refusal.code === 'PAYLOAD_TOO_LARGE'
  const run = async (work: () => Promise<void>, done: string): Promise<void> => {
    try {
      await work()
      toasts.show({ tone: 'good', text: done })
    } catch (fault) {
      toasts.show({ tone: 'bad', title: 'Nothing was changed', text: failureText(fault) })
    }
  }
  return (
    <Notice
      title="Your last changes are not on the server"
      text={`${reasonOf(refusal, canWrite)} Your text is still here, all of it.`}
    >
      {canWrite && !isFull && (
        <Button
          size="small"
          variant="primary"
          isBusy={isChanging}
          onClick={() => void run(() => onPage.putBack(), 'Your changes are back in the document.')}
        >
          Put them back
        </Button>
      )}
      {text.length <= maxImportLength && (
        <Button size="small" onClick={() => void documents.save(newTitle(title), plainText(text))}>
          Save as a new document
        </Button>
      )}
      <Button size="small" icon="down" onClick={() => downloadMarkdown(title, plainText(text))}>
        Download
      </Button>
      <Button size="small" variant="quiet" onClick={() => setAsking(true)}>
        Discard
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title="Discard your changes?"
        confirmLabel="Discard them"
        cancelLabel="Keep them"
        onConfirm={() => void run(() => onPage.discard(), 'This is the document as the server has it.')}
        onClose={() => setAsking(false)}
      >
        What you wrote and the server does not have goes from this device. The document becomes what the others see.
      </ConfirmDialog>
    </Notice>
  )
}

function reasonOf({ code }: MillraceError, canWrite: boolean): string {
  if (!canWrite) return 'You may read this document, not write in it any more.'
  if (code === 'PAYLOAD_TOO_LARGE') return 'The document is full.'
  if (code === 'FORBIDDEN') return 'The server lost this document, and no longer knows which changes are yours.'
  return 'The server does not take them as they are.'
}

function newTitle(title: string): string {
  return `Rescued: ${title}`.slice(0, 80).trim()
}
