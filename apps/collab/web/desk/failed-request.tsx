import { failureText } from '@millrace/app-design'
import { useRef, type ReactElement } from 'react'
import { useFocusBack } from '../use-focus-back.ts'
import { textOfRequest, type DeskRequest } from './desk-request.ts'
import { RetryOrDiscard } from './retry-or-discard.tsx'

/** What did not work, and what somebody can do about it. */
export function FailedRequest({ request }: { readonly request: DeskRequest }): ReactElement {
  const place = useRef<HTMLDivElement>(null)
  useFocusBack(place)
  return (
    <div ref={place} className="failed-request" role="alert">
      <p>
        <strong>Not sent.</strong> {failureText(request.error)}
      </p>
      {request.name === 'comment.edit' && (
        <p className="note-text" dir="auto">
          {textOfRequest(request)}
        </p>
      )}
      <div className="failed-request-actions">
        <RetryOrDiscard requestKey={request.key} />
      </div>
    </div>
  )
}
