import { Button, EmptyState, failureText, Spinner } from '@millrace/app-design'
import { useNamespace } from '@millrace/react'
import { useEffect, useState, type ReactElement } from 'react'
import { collab } from '../../contract.ts'
import { addressOf, goTo } from '../address.ts'

interface EnterByLinkProps {
  readonly documentId: string
  readonly token: string
}

/** Takes what a link grants, then shows the document under its plain address, which gives nobody else the link. */
export function EnterByLink({ documentId, token }: EnterByLinkProps): ReactElement {
  const namespace = useNamespace(collab)
  const [tries, setTries] = useState(0)
  const [failure, setFailure] = useState<string>()
  useEffect(() => {
    const end = new AbortController()
    namespace.request('link.open', { documentId, token }, { signal: end.signal }).then(
      () => goTo(addressOf(documentId), 'replace'),
      (error: unknown) => end.signal.aborted || setFailure(failureText(error)),
    )
    return () => end.abort()
  }, [namespace, documentId, token, tries])
  if (failure === undefined) {
    return (
      <main className="waiting">
        <Spinner label="Opening the link" />
      </main>
    )
  }
  const again = (): void => {
    setFailure(undefined)
    setTries(tries + 1)
  }
  return (
    <main className="waiting">
      <EmptyState
        icon="link"
        title="This link does not open a document"
        action={
          <div className="waiting-actions">
            <Button onClick={again}>Try again</Button>
            <Button variant="primary" onClick={() => goTo(addressOf())}>
              Your documents
            </Button>
          </div>
        }
      >
        {failure}
      </EmptyState>
    </main>
  )
}
