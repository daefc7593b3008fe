import type { RoomClient, SeriesView, ViewQuery } from '@millrace/client'
import type { MillraceError, SeriesName, SeriesOf } from '@millrace/contract'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { SeriesSlot } from './series-slot.ts'

/** A view that a component shows. */
export interface UsedSeriesView<S> {
  /** The same object over reconnects and changes of the query; its points are drawn from its `change` events. */
  readonly view: SeriesView<S> | undefined
  /** `opening` until the first answer, also while the room is not joined; `refused` where the server said no for good. */
  readonly state: 'opening' | 'open' | 'refused'
  /** Why it was refused, or is not open yet; while open: why the newest query was not taken. */
  readonly error: MillraceError | undefined
}

/**
 * A view of a series while the component is mounted and the room is joined. Another query changes the view in place.
 * Increments do not render: listen to `view.on('change')` in an effect, and draw there. Does not join: `useRoom` does.
 */
export function useSeriesView<R, N extends SeriesName<R>>(
  room: RoomClient<R>,
  name: N,
  query: ViewQuery<SeriesOf<R>[N]>,
): UsedSeriesView<SeriesOf<R>[N]> {
  const slot = useMemo(() => new SeriesSlot(room, name), [room, name])
  const text = JSON.stringify(query)
  // Before the view is opened.
  useEffect(() => slot.wish(query as ViewQuery<unknown>, text), [slot, query, text])
  return useSyncExternalStore(slot.subscribe, slot.get, slot.get) as UsedSeriesView<SeriesOf<R>[N]>
}
