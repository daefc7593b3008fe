import { Button } from '@millrace/app-design'
import type { ReactElement } from 'react'
import { useRequestActions } from './desk-request.ts'

/** What can be done with the failed request of that key. */
export function RetryOrDiscard({ requestKey }: { readonly requestKey: string }): ReactElement {
  const { retry, discard } = useRequestActions()
  return (
    <>
      <Button size="small" onClick={() => retry(requestKey)}>
        Try again
      </Button>
      <Button size="small" variant="quiet" onClick={() => discard(requestKey)}>
        Discard
      </Button>
    </>
  )
}
