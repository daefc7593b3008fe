import type { MillraceError } from '@millrace/contract'
import type { ReactElement } from 'react'
import type * as Y from 'yjs'
import { TitleNotTaken } from '../desk/title-not-taken.tsx'
import type { TitleRequest } from '../desk/title-request.ts'
import type { DocumentOnPage } from './document-on-page.ts'
import { NotTaken } from './not-taken.tsx'

interface DocumentNoticesProps {
  /** Why the server does not take the text's changes; undefined: it does. */
  readonly refusal: MillraceError | undefined
  readonly mayWrite: boolean
  readonly isChanging: boolean
  readonly isForAll: boolean
  readonly title: string
  readonly titleRequest: TitleRequest | undefined
  readonly text: Y.Text
  readonly onPage: Pick<DocumentOnPage, 'putBack' | 'discard'>
}

/** What somebody has to know of a document before they write in it. */
export function DocumentNotices(props: DocumentNoticesProps): ReactElement {
  const { refusal, mayWrite, isChanging, isForAll, title, titleRequest, text, onPage } = props
  return (
    <>
      {refusal && (
        <NotTaken
          refusal={refusal}
          canWrite={mayWrite}
          isChanging={isChanging}
          title={title}
          text={text}
          onPage={onPage}
        />
      )}
      {titleRequest?.state === 'failed' && <TitleNotTaken request={titleRequest} />}
      {!mayWrite && !refusal && (
        <p className="document-banner" role="note">
          You may read this document, not change it.{' '}
          {isForAll ? 'A copy of it would be yours.' : 'Ask its owner for a link that lets you edit.'}
        </p>
      )}
    </>
  )
}
