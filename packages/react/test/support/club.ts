import { defineContract, event, request, room, series } from '@millrace/contract'
import { implement } from '@millrace/server'
import type { TestUser } from '@millrace/testing'
import { z } from 'zod'

const Id = z.object({ id: z.string() })
const User = z.object({ name: z.string() })
const Status = z.object({ status: z.enum(['active', 'away']) })

/** `rev` rises with each version of a note. */
export const Note = z.object({ id: z.string(), seq: z.int(), rev: z.int(), text: z.string() })
export type Note = z.output<typeof Note>

export const club = defineContract({
  namespace: '/club',
  requests: {
    double: request({
      input: z.object({ n: z.number() }),
      output: z.object({ n: z.number() }),
      errors: { TOO_LARGE: z.object({ most: z.number() }) },
    }),
  },
  events: { notice: event(z.object({ text: z.string() })) },
  rooms: {
    /** Its snapshot has the newest notes; older ones come in pages. */
    board: room({
      params: Id,
      presence: { user: User, state: Status },
      snapshot: z.object({ notes: z.array(Note), hasMore: z.boolean() }),
      events: {
        note: event(Note),
        score: event(z.object({ player: z.string(), points: z.number() }), {
          delivery: 'latest',
          key: 'player',
          publish: 'members',
        }),
        typing: event(z.object({ isTyping: z.boolean() }), { delivery: 'volatile', publish: 'members' }),
      },
      requests: {
        add: request({ input: z.object({ text: z.string() }), output: Note, idempotent: true }),
        edit: request({ input: z.object({ id: z.string(), text: z.string() }), output: Note, idempotent: true }),
        list: request({
          input: z.object({ before: z.int(), limit: z.int() }),
          output: z.object({ notes: z.array(Note), hasMore: z.boolean() }),
        }),
      },
    }),
    /** No snapshot: everything comes from the log. */
    tape: room({
      params: Id,
      events: { note: event(Note, { publish: 'members' }), mark: event(Id, { publish: 'members' }) },
      series: { level: series({ keys: z.enum(['left', 'right']), fields: ['peak'] }) },
    }),
  },
})

/** What the application itself stores. */
export class Notes {
  readonly all: Note[] = []
  /** Joins of boards that the server let in. */
  joins = 0
  leaves = 0
  /** Runs before a request is handled. */
  before: (name: string) => Promise<void> | void = () => {}
  /** Runs before, and after, a handler publishes; an answer does not wait for the first. */
  beforePublish: (() => Promise<void>) | undefined
  afterPublish: () => Promise<void> | void = () => {}
  /** Decides who may join. */
  mayJoin: (userId: string, id: string) => boolean = (_userId, id) => id !== 'closed'
  /** Runs while a join waits for its answer. */
  whileJoining: () => Promise<void> | void = () => {}

  fill(count: number): void {
    for (let seq = 1; seq <= count; seq++) this.all.push({ id: `n${seq}`, seq, rev: 1, text: `note ${seq}` })
  }

  page(before = Infinity, limit = 5): { notes: Note[]; hasMore: boolean } {
    const older = this.all.filter(({ seq }) => seq < before)
    return { notes: older.slice(-limit), hasMore: older.length > limit }
  }

  write(id: string, text: string): Note {
    const known = this.all.find((note) => note.id === id)
    const note = { id, text, seq: known?.seq ?? this.all.length + 1, rev: (known?.rev ?? 0) + 1 }
    if (known) this.all[this.all.indexOf(known)] = note
    else this.all.push(note)
    return note
  }
}

export function clubApp(notes: Notes) {
  return implement<typeof club, TestUser>(club, {
    requests: {
      double: async (context) => {
        const { n } = context.input
        await notes.before('double')
        if (n > 100) context.fail('TOO_LARGE', { most: 100 })
        return { n: n * 2 }
      },
    },
    rooms: {
      board: {
        authorize: async ({ user, params }) => {
          await notes.whileJoining()
          return notes.mayJoin(user.id, params.id)
        },
        snapshot: () => notes.page(),
        presence: ({ user }) => ({ name: user.name }),
        onJoin: () => void (notes.joins += 1),
        onLeave: () => void (notes.leaves += 1),
        requests: {
          add: async ({ input, room: board, key = '' }) => {
            await notes.before('add')
            const note = notes.all.find(({ id }) => id === key) ?? notes.write(key, input.text)
            const publish = () => board.publish('note', note, { key })
            if (notes.beforePublish) void notes.beforePublish().then(publish)
            else await publish()
            await notes.afterPublish()
            return note
          },
          edit: async ({ input, room: board, key = '' }) => {
            await notes.before('edit')
            const note = notes.write(input.id, input.text)
            await board.publish('note', note, { key })
            return note
          },
          list: async ({ input }) => {
            await notes.before('list')
            return notes.page(input.before, input.limit)
          },
        },
      },
      tape: { authorize: () => true },
    },
  })
}
