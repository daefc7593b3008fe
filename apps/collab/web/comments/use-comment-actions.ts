import { useMemo } from 'react'
import type { CommentDraft } from '../../contract.ts'
import type { DeskRoom } from '../document/use-desk.ts'
import { useAsk } from '../use-ask.ts'

export interface CommentActions {
  /** Each resolves with whether it was done; where not, a toast says why. */
  readonly add: (draft: CommentDraft) => Promise<string | undefined>
  readonly reply: (id: string, text: string) => Promise<boolean>
  readonly edit: (id: string, replyId: string | undefined, text: string) => Promise<boolean>
  readonly resolve: (id: string, isResolved: boolean) => Promise<boolean>
  readonly remove: (id: string, replyId: string | undefined) => Promise<boolean>
}

export function useCommentActions(room: DeskRoom): CommentActions {
  const ask = useAsk()
  return useMemo(
    (): CommentActions => ({
      add: async (draft) => (await ask(() => room.request('comment.add', draft)))?.data.id,
      reply: async (id, text) => Boolean(await ask(() => room.request('comment.reply', { id, text }))),
      edit: async (id, replyId, text) => Boolean(await ask(() => room.request('comment.edit', { id, replyId, text }))),
      resolve: async (id, isResolved) => Boolean(await ask(() => room.request('comment.resolve', { id, isResolved }))),
      remove: async (id, replyId) => Boolean(await ask(() => room.request('comment.remove', { id, replyId }))),
    }),
    [room, ask],
  )
}
