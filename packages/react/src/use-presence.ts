import type { MemberOf, RoomClient, RoomPresenceClient } from '@millrace/client'
import { useMemo } from 'react'
import { LiveValue, useLiveValue } from './live-value.ts'

export interface UsedPresence<R> {
  /** One per user, with an entry in `metas` for each of the user's connections. */
  readonly members: readonly MemberOf<R>[]
  /** Users in the room; larger than the list where the room is so large that the server tells only some. */
  readonly count: number
}

/** Who is in a room. Another object after each change. What this client says of itself is an option of `useRoom`. */
export function usePresence<R>(room: RoomClient<R> & { readonly presence: RoomPresenceClient<R> }): UsedPresence<R> {
  const live = useMemo(() => {
    const { presence } = room
    const source = room as unknown as { on(name: 'kicked', listener: () => void): () => void }
    return new LiveValue<UsedPresence<R>>({
      read: () => ({ members: presence.members(), count: presence.count }),
      isSame: ({ members, count }) => count === presence.count && isSameList(members, presence.members()),
      subscribe: (changed) => [presence.on(changed), source.on('kicked', changed)],
      room,
    })
  }, [room])
  return useLiveValue(live)
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
