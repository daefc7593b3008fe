import type { Comment, PublicUser, Reply } from '../../contract.ts'
import type { DeskRequest } from './desk-request.ts'

/** A reply as it will be. `request`: what waits to change it, or failed to. */
interface ShownReply extends Reply {
  readonly request?: DeskRequest
}

/** A comment as it will be. */
export interface ShownComment extends Omit<Comment, 'replies'> {
  readonly replies: readonly ShownReply[]
  readonly request?: DeskRequest
}

export interface ShownDesk {
  readonly comments: readonly ShownComment[]
  /** About comments that are not there. */
  readonly astray: readonly DeskRequest[]
}

/** The comments as they will be when what waits is done. What failed marks its comment, and changes no more. */
export function withRequests(
  me: PublicUser,
  comments: readonly Comment[],
  requests: readonly DeskRequest[],
): ShownDesk {
  const shown = new Map<string, ShownComment>(comments.map((comment) => [comment.id, comment]))
  const astray = requests.filter((request) => !isPlaced(shown, me, request))
  return { comments: [...shown.values()], astray }
}

/** @returns Whether there is something that it is about. */
function isPlaced(shown: Map<string, ShownComment>, me: PublicUser, request: DeskRequest): boolean {
  if (request.name === 'comment.add') {
    // Its answer is on the way where it is there already.
    if (!shown.has(request.key)) shown.set(request.key, added(me, request))
    return true
  }
  if (!isAboutComment(request)) return true
  const comment = shown.get(request.input.id)
  const changed = comment && withRequest(comment, me, request)
  if (changed) shown.set(comment.id, changed)
  return changed !== undefined
}

type CommentRequest = DeskRequest & {
  readonly name: 'comment.reply' | 'comment.edit' | 'comment.resolve' | 'comment.remove'
}

function isAboutComment(request: DeskRequest): request is CommentRequest {
  return ['comment.reply', 'comment.edit', 'comment.resolve', 'comment.remove'].includes(request.name)
}

/** Undefined where the reply that it is about is gone. */
function withRequest(comment: ShownComment, me: PublicUser, request: CommentRequest): ShownComment | undefined {
  const { name, input, key, at, state } = request
  if (name === 'comment.reply') {
    if (comment.replies.some(({ id }) => id === key)) return comment
    const reply: ShownReply = { id: key, author: me, at, editedAt: null, text: input.text.trim(), request }
    return { ...comment, replies: [...comment.replies, reply] }
  }
  const isFailed = state === 'failed'
  if (name === 'comment.resolve') {
    const resolved = input.isResolved ? { by: me, at } : null
    return { ...marked(comment, request), ...(!isFailed && { resolved }) }
  }
  const change = name === 'comment.edit' && !isFailed ? { text: input.text.trim(), editedAt: at } : {}
  if (input.replyId === undefined) return { ...marked(comment, request), ...change }
  if (!comment.replies.some(({ id }) => id === input.replyId)) return undefined
  const replies = comment.replies.map((reply) =>
    reply.id === input.replyId ? { ...marked(reply, request), ...change } : reply,
  )
  return { ...comment, replies }
}

/** By the newest request, but one that failed waits for somebody. */
function marked<N extends { readonly request?: DeskRequest }>(note: N, request: DeskRequest): N {
  return note.request?.state === 'failed' ? note : { ...note, request }
}

function added(me: PublicUser, request: DeskRequest & { readonly name: 'comment.add' }): ShownComment {
  const { key, at, input } = request
  const { quote, anchor } = input
  const text = input.text.trim()
  return { id: key, author: me, at, editedAt: null, resolved: null, replies: [], rev: 1, text, quote, anchor, request }
}
