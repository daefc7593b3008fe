import { Button, failureText } from '@millrace/app-design'
import type { ReactElement } from 'react'
import { Notice } from '../document/notice.tsx'
import { useRequestActions } from './desk-request.ts'
import type { TitleRequest } from './title-request.ts'

export function TitleNotTaken({ request }: { readonly request: TitleRequest }): ReactElement {
  const { retry, discard } = useRequestActions()
  return (
    <Notice
      title="The new title was not taken"
      text={
        <>
          “<bdi>{request.input.title}</bdi>”: {failureText(request.error)}
        </>
      }
    >
      <Button size="small" onClick={() => retry(request.key)}>
        Try again
      </Button>
      <Button size="small" variant="quiet" onClick={() => discard(request.key)}>
        Discard
      </Button>
    </Notice>
  )
}
