import { EmptyState } from '@millrace/app-design'
import { useState, type ReactElement } from 'react'
import { maxCommentLength, type Comment, type CommentDraft } from '../../contract.ts'
import type { CommentPlace } from '../editor/comment-marks.ts'
import { useNow } from '../use-now.ts'
import { CommentForm } from './comment-form.tsx'
import { Thread } from './thread.tsx'
import type { CommentActions } from './use-comment-actions.ts'

export interface CommentsPanelProps {
  readonly comments: readonly Comment[]
  readonly places: readonly CommentPlace[]
  readonly actions: CommentActions
  readonly ownId: string
  readonly isOwner: boolean
  readonly canWrite: boolean
  readonly currentId: string | undefined
  readonly onShow: (id: string) => void
  /** A comment that is being written. */
  readonly draft: Omit<CommentDraft, 'text'> | undefined
  readonly onDraftEnd: (addedId?: string) => void
}

/** Every comment in the order of the text, resolved ones apart. */
export function CommentsPanel(props: CommentsPanelProps): ReactElement {
  const { comments, places, actions, ownId, isOwner, canWrite, currentId, onShow, draft, onDraftEnd } = props
  const now = useNow()
  const [areResolvedShown, showResolved] = useState(false)
  const placeOf = new Map(places.map((place) => [place.id, place.from]))
  const open = comments
    .filter(({ resolved }) => !resolved)
    .toSorted((a, b) => (placeOf.get(a.id) ?? Infinity) - (placeOf.get(b.id) ?? Infinity) || a.at - b.at)
  const resolved = comments.filter((comment) => comment.resolved)
  const thread = (comment: Comment): ReactElement => (
    <Thread
      key={comment.id}
      comment={comment}
      actions={actions}
      ownId={ownId}
      isOwner={isOwner}
      canWrite={canWrite}
      isCurrent={comment.id === currentId}
      onShow={placeOf.has(comment.id) ? () => onShow(comment.id) : undefined}
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
            onCancel={() => onDraftEnd()}
            onSubmit={async (text) => {
              const id = await actions.add({ ...draft, text })
              if (id !== undefined) onDraftEnd(id)
              return id !== undefined
            }}
          />
        </div>
      )}
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
