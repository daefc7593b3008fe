import { EmptyState } from '@millrace/app-design'
import { useState, type ReactElement } from 'react'
import { maxCommentLength } from '../../contract.ts'
import { Astray } from '../desk/astray.tsx'
import type { ShownComment, ShownDesk } from '../desk/with-requests.ts'
import { useNow } from '../use-now.ts'
import { CommentForm } from './comment-form.tsx'
import { Thread } from './thread.tsx'
import type { CommentActions } from './use-comment-actions.ts'
import type { Commenting } from './use-commenting.ts'

export interface CommentsPanelProps extends ShownDesk {
  readonly commenting: Commenting
  readonly actions: CommentActions
  readonly ownId: string
  readonly isOwner: boolean
  readonly canWrite: boolean
  /** A comment was written, or is not to be. */
  readonly onEnd: () => void
}

/** Every comment in the order of the text, resolved ones apart. */
export function CommentsPanel(props: CommentsPanelProps): ReactElement {
  const { comments, astray, commenting, actions, ownId, isOwner, canWrite, onEnd } = props
  const { places, currentId, draft } = commenting
  const end = (addedId?: string): void => {
    commenting.end(addedId)
    onEnd()
  }
  const now = useNow()
  const [areResolvedShown, showResolved] = useState(false)
  const placeOf = new Map(places.map((place) => [place.id, place.from]))
  const open = comments
    .filter(({ resolved }) => !resolved)
    .toSorted((a, b) => (placeOf.get(a.id) ?? Infinity) - (placeOf.get(b.id) ?? Infinity) || a.at - b.at)
  const resolved = comments.filter((comment) => comment.resolved)
  const thread = (comment: ShownComment): ReactElement => (
    <Thread
      key={comment.id}
      comment={comment}
      actions={actions}
      ownId={ownId}
      isOwner={isOwner}
      canWrite={canWrite}
      isCurrent={comment.id === currentId}
      onShow={placeOf.has(comment.id) ? () => commenting.showText(comment.id) : undefined}
      now={now}
    />
  )
  return (
    <>
      {draft && (
        <div className="thread" data-current>
          <p className="thread-quote">
            <bdi>{draft.quote}</bdi>
          </p>
          <CommentForm
            label="Your comment"
            submitLabel="Comment"
            maxLength={maxCommentLength}
            isFocused
            onCancel={() => end()}
            onSubmit={(text) => {
              const id = actions.add({ ...draft, text })
              if (id !== undefined) end(id)
              return id !== undefined
            }}
          />
        </div>
      )}
      <Astray requests={astray} />
      {open.map(thread)}
      {open.length === 0 && !draft && (
        <EmptyState icon="message" title="No open comments">
          {canWrite ? 'Select some text, and press Comment in the toolbar.' : 'Nobody has a question at the moment.'}
        </EmptyState>
      )}
      {resolved.length > 0 && (
        <details
          className="resolved"
          open={areResolvedShown}
          onToggle={({ currentTarget }) => showResolved(currentTarget.open)}
        >
          <summary>{resolved.length === 1 ? 'One resolved comment' : `${resolved.length} resolved comments`}</summary>
          {areResolvedShown && resolved.map(thread)}
        </details>
      )}
    </>
  )
}
