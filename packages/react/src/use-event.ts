import type { NamespaceClient, RoomClient, RoomListeners } from '@millrace/client'
import type { Contract, EventName, EventOutput, EventsOf } from '@millrace/contract'
import { useEffect } from 'react'
import { useNewest } from './newest.ts'

type Listener = (...args: readonly unknown[]) => unknown
interface Target {
  on(name: string, listener: Listener): () => void
}

/**
 * Calls the newest listener with each event while the component is mounted: events of the room, or what happens to it
 * (`gap`, `joined`, `kicked`, `removed`). A listener that throws is told to the client's `onError`. Does not join: `useRoom` does.
 */
export function useEvent<R, N extends keyof RoomListeners<R> & string>(
  room: RoomClient<R>,
  name: N,
  listener: RoomListeners<R>[N],
): void
/** The same for events of a namespace. Connects. */
export function useEvent<C extends Contract, N extends EventName<C>>(
  namespace: NamespaceClient<C>,
  name: N,
  listener: (payload: EventOutput<EventsOf<C>[N]>) => unknown,
): void
export function useEvent(target: object, name: string, listener: unknown): void {
  const newest = useNewest(listener as Listener)
  useEffect(() => (target as Target).on(name, (...args) => newest.current(...args)), [target, name, newest])
}
