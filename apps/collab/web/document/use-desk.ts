import type { Off, RoomClient } from '@millrace/client'
import type { MillraceError, SnapshotOutput } from '@millrace/contract'
import { useEvent, useRoom } from '@millrace/react'
import { useMemo } from 'react'
import { collab, type Comment } from '../../contract.ts'
import { useFolded } from '../use-folded.ts'

export type DeskRoom = RoomClient<typeof collab.rooms.desk>

interface DeskState {
  readonly title: string
  readonly rev: number
  readonly comments: ReadonlyMap<string, Comment>
  readonly gone: ReadonlySet<string>
}

export interface Desk {
  readonly room: DeskRoom
  readonly status: 'joining' | 'joined' | 'refused'
  readonly error: MillraceError | undefined
  /** Undefined: not known yet. */
  readonly title: string | undefined
  readonly comments: readonly Comment[]
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

const none: readonly Comment[] = []

/** What stands around the text of a document. */
export function useDesk(documentId: string): Desk {
  const params = useMemo(() => ({ documentId }), [documentId])
  const { room, status, error, snapshot, retry } = useRoom(collab, 'desk', params)
  // Whose role changed is put out, and let in again with the new one. Where that is refused it stays so.
  useEvent(room, 'kicked', retry)
  const state = useFolded({ room, from, listen }, snapshot)
  const comments = useMemo(() => (state ? [...state.comments.values()] : none), [state])
  return { room, status, error, title: state?.title, comments }
}
