import { bytes, defineContract, event, request, room } from '@millrace/contract'
import { implement, type Entry, type RoomFollower, type RoomStorage } from '@millrace/server'
import type { TestUser } from '@millrace/testing'
import { z } from 'zod'

/** Kinds of rooms that are built on what the store keeps. */
export const followed = defineContract({
  namespace: '/followed',
  rooms: {
    page: room({
      params: z.object({ id: z.string() }),
      presence: { user: z.object({ name: z.string() }), state: z.object({ hat: z.string().toUpperCase() }) },
      events: {
        note: event(z.object({ n: z.number() }), { publish: 'members' }),
        blob: event(bytes(), { maxPayloadBytes: 4_000_000, publish: 'members' }),
        word: event(z.string(), { maxPayloadBytes: 20 }),
      },
      requests: { tail: request({ input: z.object({}), output: z.number() }) },
    }),
  },
})

export const pageOf = { room: 'page', params: { id: 'a' }, presence: { hat: 'red' } }

type Storage = Pick<RoomStorage, 'read'>

/** What a test decides; the rest does the least that is right. */
export interface FollowedParts {
  readonly follow?: (storage: Storage) => RoomFollower
  readonly acceptPresence?: (user: string, hat: string) => Promise<void> | void
}

export function followedApp({ follow, acceptPresence }: FollowedParts = {}) {
  return implement<typeof followed, TestUser>(followed, {
    rooms: {
      page: {
        authorize: () => true,
        ...(follow ? { follow: ({ room: here }) => follow(here.storage) } : {}),
        ...(acceptPresence ? { acceptPresence: ({ user, state }) => acceptPresence(user.id, state.hat) } : {}),
        requests: { tail: async ({ room: here }) => (await here.storage.tail()).offset },
      },
    },
  })
}

/** Writes down what it is told: numbers of notes, and the names of the calls. */
export class NoteTaker implements RoomFollower {
  readonly told: (number | string)[] = []
  whileOpening: () => Promise<void> | void = () => {}
  onEntries: (entries: readonly Entry[]) => void = () => {}

  async open(): Promise<void> {
    this.told.push('open')
    await this.whileOpening()
    this.told.push('opened')
  }

  entries(entries: readonly Entry[]): void {
    this.told.push(...entries.map(numberOf))
    this.onEntries(entries)
  }

  replaced(): void {
    this.told.push('replaced')
  }

  async close(): Promise<void> {
    this.told.push('close')
  }
}

export function numberOf({ payload }: Entry): number {
  return (JSON.parse(String(payload)) as { n: number }).n
}
