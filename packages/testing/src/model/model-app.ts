import { defineContract, event, request, room, type Schema } from '@millrace/contract'
import { implement, type EventLog } from '@millrace/server'
import type { TestUser } from '../test-user.ts'

interface Note {
  readonly n: number
}

/** Where the log stood when the snapshot was read. */
export interface Shown {
  readonly offset: number
}

function anything<T>(): Schema<T> {
  return { '~standard': { version: 1, vendor: 'millrace-testing', validate: (value) => ({ value: value as T }) } }
}

const events = { note: event(anything<Note>(), { publish: 'members' }) }
const requests = { post: request({ input: anything<Note>(), output: anything<{ readonly offset: number }>() }) }

/** A room without a snapshot and one with it. */
export const modelContract = defineContract({
  namespace: '/model',
  rooms: { plain: room({ events, requests }), shown: room({ events, requests, snapshot: anything<Shown>() }) },
})

/** The part of the log that the application reads for its snapshot. */
export interface ModelTruth {
  readonly log: Pick<EventLog, 'tails'>
  readonly room: string
}

/**
 * @param ran Called by each run of the handler of `post`, with its user and key.
 * @param truth Known once the store is open.
 */
export function modelApp(ran: (user: string, key: string) => void, truth: () => ModelTruth) {
  const post = async ({ input, user, room: here, key }: PostContext) => {
    ran(user.id, key ?? '')
    const { position } = await here.publish('note', input)
    return { offset: position.offset }
  }
  return implement<typeof modelContract, TestUser>(modelContract, {
    rooms: {
      plain: { authorize: () => true, requests: { post } },
      shown: {
        authorize: () => true,
        requests: { post },
        snapshot: async () => {
          const { log, room: name } = truth()
          const [top] = await log.tails([name])
          return { offset: top?.offset ?? 0 }
        },
      },
    },
  })
}

interface PostContext {
  readonly input: Note
  readonly user: TestUser
  readonly key: string | undefined
  readonly room: { publish(name: 'note', payload: Note): Promise<{ readonly position: { readonly offset: number } }> }
}
