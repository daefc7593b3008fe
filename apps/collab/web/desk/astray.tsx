import type { ReactElement } from 'react'
import { FailedRequest } from './failed-request.tsx'
import { textOfRequest, type DeskRequest } from './desk-request.ts'

/** What was said to comments that are gone, for whoever said it. */
export function Astray({ requests }: { readonly requests: readonly DeskRequest[] }): ReactElement {
  return (
    <>
      {requests
        .filter(({ state }) => state === 'failed')
        .map((request) => (
          <article key={request.key} className="thread" aria-label="Not sent">
            <p className="thread-gone">To a comment that is not here any more</p>
            <p className="note-text" dir="auto">
              {textOfRequest(request)}
            </p>
            <FailedRequest request={request} />
          </article>
        ))}
    </>
  )
}
