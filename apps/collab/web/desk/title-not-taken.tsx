import { failureText } from '@millrace/app-design'
import type { ReactElement } from 'react'
import { Notice } from '../document/notice.tsx'
import { RetryOrDiscard } from './retry-or-discard.tsx'
import type { TitleRequest } from './title-request.ts'

export function TitleNotTaken({ request }: { readonly request: TitleRequest }): ReactElement {
  return (
    <Notice
      title="The new title was not taken"
      text={
        <>
          “<bdi>{request.input.title}</bdi>”: {failureText(request.error)}
        </>
      }
    >
      <RetryOrDiscard requestKey={request.key} />
    </Notice>
  )
}
