import { Button } from '@millrace/app-design'
import type { MillraceError } from '@millrace/contract'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import type { DeskRequest } from '../desk/desk-request.ts'
import { withUnsentComments } from '../desk/unsent-comments.ts'
import { plainText } from '../editor/plain-text.ts'
import { ClosedDocument } from './closed-document.tsx'
import { downloadMarkdown } from './export-text.ts'
import type { LiveDocument } from './live-document.ts'

interface BarredDocumentProps {
  readonly error: MillraceError
  readonly title: string
  /** What this device has of the text; undefined: nothing. */
  readonly live: LiveDocument | undefined
  /** Changes of the text that were never sent. */
  readonly unsent: number
  readonly requests: readonly DeskRequest[]
  /** The server has said that it stays so. */
  readonly isCertain: boolean
  /** Removes what this device keeps of the document. */
  readonly onForget: () => Promise<void>
}

/** In place of a document that its reader was put out of. What this device kept goes, what was never sent not before it was offered. */
export function BarredDocument(props: BarredDocumentProps): ReactElement {
  const { error, title, live, unsent, requests, isCertain, onForget } = props
  const [isForgotten, setForgotten] = useState(false)
  const forget = useRef(onForget)
  useEffect(() => {
    forget.current = onForget
  })
  const count = unsent + requests.length
  const isOver = isCertain && count === 0
  useEffect(() => {
    if (isOver) void forget.current()
  }, [isOver])
  const text = live ? withUnsentComments(plainText(live.text), requests) : ''
  const remove = (): void => {
    setForgotten(true)
    void onForget()
  }
  const mustAsk = isCertain && count > 0 && !isForgotten
  const actions = (
    <>
      {text !== '' && (
        <Button
          icon="down"
          onClick={() => {
            downloadMarkdown(title, text)
            if (mustAsk) remove()
          }}
        >
          Download the text
        </Button>
      )}
      {mustAsk && <Button onClick={remove}>Remove it from this device</Button>}
    </>
  )
  return (
    <ClosedDocument error={error} actions={actions}>
      {mustAsk && (
        <strong className="closed-unsent">
          {count === 1 ? 'One change of yours was' : `${count} changes of yours were`} never sent. Download the text to
          keep {count === 1 ? 'it' : 'them'}; this device forgets the document then.
        </strong>
      )}
      {isForgotten && <span className="closed-unsent">This device keeps nothing of it any more.</span>}
    </ClosedDocument>
  )
}
