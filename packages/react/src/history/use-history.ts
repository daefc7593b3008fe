import type { DurableEventName } from '@millrace/client'
import type { EventOutput, EventsOf, MillraceError } from '@millrace/contract'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { useNewest } from '../newest.ts'
import { recordOf } from '../records.ts'
import type { JoinedRoom } from '../use-room.ts'
import type { HistoryOptions, UntypedOptions } from './history-options.ts'
import { HistoryStore } from './history-store.ts'
import { createKeeper, optimisticRows } from './optimistic-rows.ts'
import type { Row } from './row.ts'
import { useRoomRequests } from './use-room-requests.ts'

export interface UsedHistory<V> {
  /** Oldest first. The same list until something changes. */
  readonly rows: readonly Row<V>[]
  /** Whether `loadOlder` may bring more. */
  readonly hasOlder: boolean
  readonly isLoadingOlder: boolean
  /** Reads the page before the oldest row. Never rejects; a call while one is under way joins it. */
  readonly loadOlder: () => Promise<void>
  /** Why the last page is missing; `loadOlder` tries again. */
  readonly olderError: MillraceError | undefined
}

/**
 * A room's history as rows: the snapshot or the first page, every event after it, older pages, and what waits in the
 * provider's outbox as optimistic rows. After a gap the rows start again from the snapshot.
 *
 * @param joined What `useRoom` returned.
 */
export function useHistory<R, N extends DurableEventName<R>>(
  joined: JoinedRoom<R>,
  options: HistoryOptions<R, N>,
): UsedHistory<EventOutput<EventsOf<R>[N]>> {
  const { room, address } = joined
  const untyped = options as unknown as UntypedOptions
  const newest = useNewest(untyped)
  const { event } = untyped
  const store = useMemo(() => new HistoryStore(recordOf(room), event, () => newest.current), [room, event, newest])
  const { rows: known, keys, ...rest } = useSyncExternalStore(store.subscribe, store.get, store.get)
  const { initial, id } = untyped
  const [first] = useState(() => initial?.map((value): Row<unknown> => ({ id: id(value), value, state: 'stored' })))
  const stored = first && joined.status === 'joining' && known.length === 0 ? first : known
  const requests = useRoomRequests(room, address, store)
  const [keep] = useState(createKeeper)
  const rows = keep(stored, optimisticRows({ rows: stored, keys, requests, optimistic: untyped.optimistic }))
  return { rows: rows as readonly Row<EventOutput<EventsOf<R>[N]>>[], ...rest, loadOlder: store.loadOlder }
}
