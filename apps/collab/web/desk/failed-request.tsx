import { Button, failureText } from '@millrace/app-design'
import type { ReactElement } from 'react'
import { textOfRequest, useRequestActions, type DeskRequest } from './desk-request.ts'

/** What did not work, and what somebody can do about it. */
export function FailedRequest({ request }: { readonly request: DeskRequest }): ReactElement {
  const { retry, discard } = useRequestActions()
  return (
    <div className="failed-request" role="alert">
      <p>
        <strong>Not sent.</strong> {failureText(request.error)}
      </p>
      {request.name === 'comment.edit' && (
        <p className="note-text" dir="auto">
          {textOfRequest(request)}
        </p>
      )}
      <div className="failed-request-actions">
        <Button size="small" onClick={() => retry(request.key)}>
          Try again
        </Button>
        <Button size="small" variant="quiet" onClick={() => discard(request.key)}>
          Discard
        </Button>
      </div>
    </div>
  )
}
