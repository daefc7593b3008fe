import type { RoomClient } from '@millrace/client'
import type { HistoryOptions, Row } from '../../src/index.ts'
import type { club, Note } from './club.ts'

export type Board = (typeof club)['rooms']['board']

/** Rows of a board as an application would show them. */
export function boardRows(room: RoomClient<Board>): HistoryOptions<Board, 'note'> {
  return {
    event: 'note',
    id: ({ id }) => id,
    isNewer: (a, b) => a.rev > b.rev,
    compare: (a, b) => a.seq - b.seq,
    fromSnapshot: ({ notes, hasMore }) => ({ values: notes, hasMore }),
    older: async ({ seq }) => {
      const { notes, hasMore } = await room.request('list', { before: seq, limit: 5 })
      return { values: notes, hasMore }
    },
    fromAnswer: (...[name, answer]) => (name === 'list' ? undefined : answer),
    optimistic: (rows, request): readonly Row<Note>[] => {
      const { state, key } = request
      if (request.name === 'add') {
        const value = { id: key, seq: Infinity, rev: 0, text: request.input.text }
        return [...rows, { id: key, value, state, request }]
      }
      if (request.name !== 'edit') return rows
      const { id, text } = request.input
      return rows.map((row) => (row.id === id ? { id, value: { ...row.value, text }, state, request } : row))
    },
  }
}
