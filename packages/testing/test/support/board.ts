import { z } from 'zod'
import { defineContract, event, request, room } from '@millrace/contract'
import { implement } from '@millrace/server'
import type { TestUser } from '@millrace/testing'

const params = z.object({ id: z.string() })
const Note = z.object({ n: z.number() })

/** One kind of room for each way to start and to deliver. */
export const board = defineContract({
  namespace: '/board',
  rooms: {
    plain: room({
      params,
      events: {
        note: event(Note, { publish: 'members' }),
        score: event(z.object({ player: z.string(), points: z.number() }), {
          delivery: 'latest',
          key: 'player',
          publish: 'members',
        }),
        typing: event(z.object({ on: z.boolean() }), { delivery: 'volatile', publish: 'members' }),
      },
      requests: { post: request({ input: Note, output: z.object({ offset: z.number() }) }) },
    }),
    shown: room({
      params,
      snapshot: z.object({ notes: z.array(z.number()) }),
      events: { note: event(Note, { publish: 'members' }) },
    }),
    slow: room({ params, flushMs: 200, events: { note: event(Note, { publish: 'members' }) } }),
    short: room({ params, history: { maxEvents: 3 }, events: { note: event(Note, { publish: 'members' }) } }),
    present: room({
      params,
      presence: { user: z.object({ name: z.string() }), state: z.object({ status: z.string() }) },
      events: { note: event(Note) },
    }),
  },
})

/** What the application itself remembers: the truth that snapshots show. */
export interface BoardTruth {
  notes: number[]
  /** Runs while a snapshot is read, before its value is taken. */
  whileReading: () => Promise<void> | void
  /** Runs while the presence handler decides what members see of a user. */
  whileShowing: () => Promise<void> | void
  /** Runs at each join of a room with presence. */
  onJoin: () => void
}

export function boardTruth(): BoardTruth {
  return { notes: [], whileReading: () => {}, whileShowing: () => {}, onJoin: () => {} }
}

/**
 * Everybody may join every room, unless `id` is `closed`.
 *
 * @param hooks Gets `leave ada` and `empty` of the room with presence.
 */
export function boardApp(truth: BoardTruth = boardTruth(), hooks: string[] = []) {
  const authorize = ({ params: { id } }: { params: { id: string } }) => id !== 'closed'
  return implement<typeof board, TestUser>(board, {
    rooms: {
      plain: {
        authorize,
        requests: {
          post: async ({ input, room: here }) => {
            const { position } = await here.publish('note', input)
            return { offset: position.offset }
          },
        },
      },
      shown: {
        authorize,
        snapshot: async () => {
          await truth.whileReading()
          return { notes: [...truth.notes] }
        },
      },
      slow: { authorize },
      short: { authorize },
      present: {
        authorize,
        onJoin: () => truth.onJoin(),
        onLeave: ({ user }) => void hooks.push(`leave ${user.id}`),
        onEmpty: () => void hooks.push('empty'),
        presence: async ({ user }) => {
          await truth.whileShowing()
          return { name: user.name }
        },
      },
    },
  })
}
