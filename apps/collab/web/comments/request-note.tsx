import { Icon } from '@millrace/app-design'
import type { ReactElement } from 'react'
import type { DeskRequest } from '../desk/desk-request.ts'
import { FailedRequest } from '../desk/failed-request.tsx'

const waits: Readonly<Record<string, string>> = {
  'comment.resolve': 'Waiting to be told to the others',
  'comment.remove': 'Waiting to be deleted',
}

/** Says of a comment that something about it waits to be sent, or was not taken. */
export function RequestNote({ request }: { readonly request: DeskRequest | undefined }): ReactElement | undefined {
  if (!request) return undefined
  if (request.state === 'failed') return <FailedRequest request={request} />
  return (
    <p className="waits">
      <Icon name="clock" size="small" />
      {waits[request.name] ?? 'Waiting to be sent'}
    </p>
  )
}
