import {
  implement,
  type Implementation,
  type Server,
  type SingletonHandle,
  type Store,
  type UserLike,
} from '@millrace/server'
import { arena, ponds } from './contract.ts'
import { keepPond } from './keeper/keep-pond.ts'
import { limitBoats } from './limit-boats.ts'
import { limitPace } from './limit-pace.ts'

export interface ArenaOptions<User extends UserLike> {
  /** On which the arena will be mounted. */
  readonly server: Server<User>
  /** The server's own. */
  readonly store: () => Store
  /** What people call this node; at most 64 characters. */
  readonly nodeName: string
  /** A clock that only goes forward. */
  readonly monotonicMs: () => number
  /** Of the first pond of each name: 32 bits. */
  readonly seed: number
  readonly onError: (error: unknown) => void
}

export interface Arena<User extends UserLike> {
  /** For `server.mount`. Guests may play. */
  readonly implementation: Implementation<User>
  /** Once the server is open. Of the nodes of a cluster one keeps each pond. */
  readonly start: () => void
  /** Before the server drains or closes. Resolves when no pond is kept here. */
  readonly stop: () => Promise<void>
}

export function createArena<User extends UserLike>(options: ArenaOptions<User>): Arena<User> {
  const { server, store, nodeName, monotonicMs, seed, onError } = options
  let kept: readonly SingletonHandle[] = []
  const keep = (name: (typeof ponds)[number]): SingletonHandle =>
    server.singleton(`arena ${name}`, ({ signal, isHeld }) => {
      const room = server.room(arena, 'arena', { arena: name })
      const readState = async () => (await store().state.read(room.key)).values
      return keepPond({ room, readState, node: nodeName, seed, isHeld, monotonicMs, onError }, signal)
    })
  return {
    implementation: implement<typeof arena, User>(arena, {
      requests: { ping: ({ user }) => ({ id: user.id }) },
      rooms: { arena: { authorize: () => true, use: [limitPace(monotonicMs), limitBoats(monotonicMs)] } },
    }),
    start: () => void (kept = ponds.map(keep)),
    stop: async () => void (await Promise.all(kept.map((handle) => handle.stop()))),
  }
}
