import { failureText, useToasts } from '@millrace/app-design'
import { useOutbox } from '@millrace/react'
import { useMemo } from 'react'
import { collab, type CommentDraft } from '../../contract.ts'

/** Each is kept until the server has answered, over reloads. False or undefined: it was not kept, and a toast says why. */
export interface CommentActions {
  /** @returns The id that the comment will have. */
  readonly add: (draft: CommentDraft) => string | undefined
  readonly reply: (id: string, text: string) => boolean
  readonly edit: (id: string, replyId: string | undefined, text: string) => boolean
  readonly resolve: (id: string, isResolved: boolean) => void
  readonly remove: (id: string, replyId: string | undefined) => void
}

export function useCommentActions(documentId: string): CommentActions {
  const outbox = useOutbox(collab)
  const toasts = useToasts()
  return useMemo((): CommentActions => {
    const params = { documentId }
    const keep = (send: () => string): string | undefined => {
      try {
        return send()
      } catch (fault) {
        toasts.show({ tone: 'bad', text: failureText(fault) })
        return undefined
      }
    }
    return {
      add: (draft) => keep(() => outbox.send('desk', params, 'comment.add', draft)),
      reply: (id, text) => keep(() => outbox.send('desk', params, 'comment.reply', { id, text })) !== undefined,
      edit: (id, replyId, text) =>
        keep(() => outbox.send('desk', params, 'comment.edit', { id, replyId, text })) !== undefined,
      resolve: (id, isResolved) => void keep(() => outbox.send('desk', params, 'comment.resolve', { id, isResolved })),
      remove: (id, replyId) => void keep(() => outbox.send('desk', params, 'comment.remove', { id, replyId })),
    }
  }, [outbox, documentId, toasts])
}
