import { useRemembered } from '@millrace/app-design'
import type { Off, RoomClient } from '@millrace/client'
import type { MillraceError, SnapshotOutput } from '@millrace/contract'
import { useEvent, useRoom } from '@millrace/react'
import { useMemo } from 'react'
import { z } from 'zod'
import { collab, Comment, type PublicUser } from '../../contract.ts'
import { useFolded } from '../use-folded.ts'
import { useDeskRequests, type DeskRequest } from './desk-request.ts'
import { deskPlace } from './desk-place.ts'
import { withTitleRequests, type TitleRequest } from './title-request.ts'
import { withRequests, type ShownDesk } from './with-requests.ts'

export type DeskRoom = RoomClient<typeof collab.rooms.desk>

interface DeskState {
  readonly title: string
  readonly rev: number
  readonly comments: ReadonlyMap<string, Comment>
  readonly gone: ReadonlySet<string>
}

export interface Desk extends ShownDesk {
  readonly room: DeskRoom
  readonly status: 'joining' | 'joined' | 'refused'
  readonly error: MillraceError | undefined
  /** As it will be when what waits is done; undefined: not known yet. */
  readonly title: string | undefined
  readonly titleRequest: TitleRequest | undefined
  /** What was asked here, and has no answer yet. */
  readonly requests: readonly DeskRequest[]
}

const from = ({ title, rev, comments }: SnapshotOutput<typeof collab.rooms.desk>): DeskState => ({
  title,
  rev,
  comments: new Map(comments.map((comment) => [comment.id, comment])),
  gone: new Set(),
})

function listen(room: DeskRoom, take: (step: (state: DeskState) => DeskState) => void): readonly Off[] {
  return [
    room.on('titled', ({ title, rev }) => take((state) => (rev > state.rev ? { ...state, title, rev } : state))),
    room.on('comment', (comment) => take((state) => withComment(state, comment))),
    room.on('commentGone', ({ id }) =>
      take((state) => ({
        ...state,
        comments: new Map([...state.comments].filter(([key]) => key !== id)),
        gone: new Set([...state.gone, id]),
      })),
    ),
  ]
}

function withComment(state: DeskState, comment: Comment): DeskState {
  if (state.gone.has(comment.id) || (state.comments.get(comment.id)?.rev ?? 0) >= comment.rev) return state
  return { ...state, comments: new Map([...state.comments, [comment.id, comment]]) }
}

const Known = z.object({ title: z.string(), comments: z.array(Comment) })
const readKnown = (stored: unknown): z.output<typeof Known> | undefined => Known.safeParse(stored).data
const none: readonly Comment[] = []

/** What stands around the text of a document, with what was asked here and waits; offline as it was last. */
export function useDesk(documentId: string, me: PublicUser): Desk {
  const params = useMemo(() => ({ documentId }), [documentId])
  const { room, status, error, snapshot, retry } = useRoom(collab, 'desk', params)
  // Whose role changed is put out, and let in again with the new one. Where that is refused it stays so.
  useEvent(room, 'kicked', retry)
  const state = useFolded({ room, from, listen }, snapshot)
  const current = useMemo(
    // Who is put out keeps nothing of it in mind.
    () => (state && status !== 'refused' ? { title: state.title, comments: [...state.comments.values()] } : undefined),
    [state, status],
  )
  const known = useRemembered(deskPlace(me.id, documentId), current, readKnown)
  const requests = useDeskRequests(documentId)
  const comments = known?.comments ?? none
  const shown = useMemo(() => withRequests(me, comments, requests), [me, comments, requests])
  const { title, request: titleRequest } = withTitleRequests(known?.title, requests)
  return { room, status, error, title, titleRequest, requests, ...shown }
}
