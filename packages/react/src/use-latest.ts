import type { LatestEventName, RoomClient } from '@millrace/client'
import type { EventOutput, EventsOf } from '@millrace/contract'
import { useMemo } from 'react'
import { LiveValue, useLiveValue } from './live-value.ts'

/**
 * The newest value per key of a `latest` event: another map after each change, the same one otherwise. Empty before the
 * join. Does not join: `useRoom` does.
 */
export function useLatest<R, N extends LatestEventName<R>>(
  room: RoomClient<R>,
  name: N,
): ReadonlyMap<string, EventOutput<EventsOf<R>[N]>> {
  const live = useMemo(() => {
    const source = room as unknown as UntypedState
    return new LiveValue({
      read: () => new Map(source.state(name)),
      isSame: (map) => isSameMap(map, source.state(name)),
      subscribe: (changed) => [name, 'removed', 'kicked'].map((event) => source.on(event, changed)),
      room,
    })
  }, [room, name])
  return useLiveValue(live) as ReadonlyMap<string, EventOutput<EventsOf<R>[N]>>
}

interface UntypedState {
  on(name: string, listener: () => void): () => void
  state(name: string): ReadonlyMap<string, unknown>
}

function isSameMap(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of b) if (!a.has(key) || a.get(key) !== value) return false
  return true
}
