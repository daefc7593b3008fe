import { IconButton } from '@millrace/app-design'
import { useEffect, useRef, type ReactElement } from 'react'
import { maxCommentLength, maxReplyLength } from '../../contract.ts'
import type { ShownComment } from '../desk/with-requests.ts'
import { useFocusBack } from '../use-focus-back.ts'
import { CommentForm } from './comment-form.tsx'
import { Note } from './note.tsx'
import type { CommentActions } from './use-comment-actions.ts'

export interface ThreadProps {
  readonly comment: ShownComment
  readonly actions: CommentActions
  readonly ownId: string
  readonly isOwner: boolean
  readonly canWrite: boolean
  readonly isCurrent: boolean
  /** Undefined where its text is gone. */
  readonly onShow: (() => void) | undefined
  readonly now: number
}

/** A comment, what it is about, and what was said to it. */
export function Thread(props: ThreadProps): ReactElement {
  const { comment, actions, ownId, isOwner, canWrite, isCurrent, onShow, now } = props
  const { id, author, quote, replies, resolved } = comment
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isCurrent) card.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  useFocusBack(card)
  const mayRemove = (by: string): boolean => canWrite && (by === ownId || isOwner)
  const editOf = (by: string, replyId?: string) =>
    canWrite && by === ownId ? (text: string) => actions.edit(id, replyId, text) : undefined
  const removeOf = (by: string, replyId?: string) => (mayRemove(by) ? () => actions.remove(id, replyId) : undefined)
  return (
    <article
      ref={card}
      className="thread"
      data-current={isCurrent || undefined}
      aria-label={`Comment of ${author.name}${resolved ? ', resolved' : ''}`}
    >
      <div className="thread-head">
        {onShow ? (
          <button type="button" className="thread-quote" onClick={onShow} title="Show it in the text">
            <span className="mr-unseen">Show in the text: </span>
            <bdi>{quote}</bdi>
          </button>
        ) : (
          <p className="thread-quote" data-gone>
            <bdi>{quote}</bdi>
            {!resolved && <span className="thread-gone">no longer in the text</span>}
          </p>
        )}
        {canWrite && (
          <IconButton
            icon={resolved ? 'retry' : 'check'}
            size="small"
            label={resolved ? 'Open again' : 'Resolve'}
            onClick={() => actions.resolve(id, !resolved)}
          />
        )}
      </div>
      <Note
        {...comment}
        now={now}
        maxLength={maxCommentLength}
        onEdit={editOf(author.id)}
        onRemove={removeOf(author.id)}
      />
      {replies.map((reply) => (
        <Note
          key={reply.id}
          {...reply}
          now={now}
          maxLength={maxReplyLength}
          onEdit={editOf(reply.author.id, reply.id)}
          onRemove={removeOf(reply.author.id, reply.id)}
        />
      ))}
      {resolved && <p className="thread-resolved">Resolved by {resolved.by.name}</p>}
      {canWrite && !resolved && (
        <CommentForm
          label={`Reply to ${author.name}`}
          submitLabel="Reply"
          maxLength={maxReplyLength}
          onSubmit={(text) => actions.reply(id, text)}
        />
      )}
    </article>
  )
}
