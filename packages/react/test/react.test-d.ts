import type { ClientState, Member, NamespaceClient, RoomClient } from '@millrace/client'
import type { KeptRequest, Outbox } from '@millrace/client/outbox'
import type { MillraceError } from '@millrace/contract'
import {
  useConnection,
  useEvent,
  useHistory,
  useKeptRequests,
  useLatest,
  useNamespace,
  useOutbox,
  usePresence,
  useRequest,
  useRoom,
  useSeriesView,
  type Row,
  type UsedSeriesView,
} from '../src/index.ts'
import type { Board } from './support/board-rows.ts'
import { club, type Note } from './support/club.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
function same<A, B>(_: Equal<A, B>): void {}

export function useTypes(): void {
  // [RCT25] what is received has the type of its schema's output
  const state = useConnection()
  same<typeof state, ClientState>(true)
  const namespace = useNamespace(club)
  same<typeof namespace, NamespaceClient<typeof club>>(true)
  const board = useRoom(club, 'board', { id: 'a' }, { presence: { status: 'active' } })
  const tape = useRoom(club, 'tape', { id: 'a' })
  same<typeof board.room, RoomClient<Board>>(true)
  same<typeof board.snapshot, { notes: Note[]; hasMore: boolean } | undefined>(true)
  same<typeof tape.snapshot, undefined>(true)
  same<typeof board.error, MillraceError | undefined>(true)
  const scores = useLatest(board.room, 'score')
  same<typeof scores, ReadonlyMap<string, { player: string; points: number }>>(true)
  const { members } = usePresence(board.room)
  same<typeof members, readonly Member<{ name: string }, { status: 'active' | 'away' }>[]>(true)
  useEvent(board.room, 'note', (note, { position }) => {
    same<typeof note, Note>(true)
    same<typeof position.offset, number>(true)
  })
  useEvent(board.room, 'gap', ({ snapshot }) => same<typeof snapshot, typeof board.snapshot>(true))
  useEvent(namespace, 'notice', (notice) => same<typeof notice, { text: string }>(true))
  const double = useRequest(namespace, 'double')
  same<typeof double.data, { n: number } | undefined>(true)
  const { error } = double
  if (error?.code === 'TOO_LARGE') same<typeof error.data, { most: number }>(true)
  const add = useRequest(board.room, 'add')
  same<typeof add.data, Note | undefined>(true)
  const outbox = useOutbox(club)
  same<typeof outbox, Outbox<typeof club>>(true)
  const [kept] = useKeptRequests(club)
  if (kept?.name === 'add') same<typeof kept.input, { text: string }>(true)
  const { rows } = useHistory(board, {
    event: 'note',
    id: ({ id }) => id,
    compare: (a, b) => a.seq - b.seq,
    fromSnapshot: ({ notes }) => notes,
    older: async ({ seq }) => ({
      values: (await board.room.request('list', { before: seq, limit: 9 })).notes,
      hasMore: true,
    }),
    fromAnswer: (...[name, answer]) => {
      if (name === 'add') same<typeof answer, Note>(true)
      return name === 'list' ? answer.notes[0] : answer
    },
    optimistic: (before, request) => {
      same<typeof before, Row<Note>[]>(true)
      if (request.name === 'edit') same<typeof request.input, { id: string; text: string }>(true)
      return before
    },
  })
  same<typeof rows, readonly Row<Note>[]>(true)
  const level = useSeriesView(tape.room, 'level', { keys: ['left'], last: 1, widthPx: 1 })
  same<typeof level, UsedSeriesView<(typeof club)['rooms']['tape']['series']['level']>>(true)
  level.view?.points('right', 'peak')
  // A function that knows less of the request fits, too.
  useHistory(board, { event: 'note', id: ({ id }) => id, optimistic: (before, _: KeptRequest) => before })

  // [RCT25] names, inputs, parameters and states that the contract does not have do not compile
  // @ts-expect-error no such room
  useRoom(club, 'kitchen', { id: 'a' })
  // @ts-expect-error the room has parameters
  useRoom(club, 'tape')
  // @ts-expect-error the parameter is a text
  useRoom(club, 'tape', { id: 7 })
  // @ts-expect-error the room has presence
  useRoom(club, 'board', { id: 'a' })
  // @ts-expect-error no such status
  useRoom(club, 'board', { id: 'a' }, { presence: { status: 'asleep' } })
  // @ts-expect-error the room has no presence
  useRoom(club, 'tape', { id: 'a' }, { presence: { status: 'active' } })
  // @ts-expect-error no such event
  useEvent(board.room, 'shout', () => {})
  // @ts-expect-error no such event
  useEvent(namespace, 'note', () => {})
  // @ts-expect-error a volatile event has no position
  useEvent(board.room, 'typing', (_, { position }) => position)
  // @ts-expect-error not an event with a newest value
  useLatest(board.room, 'note')
  // @ts-expect-error the room has no presence
  usePresence(tape.room)
  // @ts-expect-error no such request
  useRequest(board.room, 'double')
  // @ts-expect-error no such request
  useRequest(namespace, 'add')
  // @ts-expect-error the input has a number
  void double.ask({ n: '1' })
  // @ts-expect-error only durable events have a history
  useHistory(board, { event: 'score', id: ({ player }) => player })
  // @ts-expect-error a note has no such member
  useHistory(board, { event: 'note', id: ({ name }) => name })
  const numbers = () => Promise.resolve({ values: [1], hasMore: false })
  // @ts-expect-error pages are notes
  useHistory(board, { event: 'note', id: ({ id }) => id, older: numbers })
  // @ts-expect-error no such series
  useSeriesView(tape.room, 'pitch', { keys: ['left'], last: 1, widthPx: 1 })
  // @ts-expect-error no such key
  useSeriesView(tape.room, 'level', { keys: ['middle'], last: 1, widthPx: 1 })
  // @ts-expect-error no such request in this room
  outbox.send('board', { id: 'a' }, 'double', { n: 1 })
}
