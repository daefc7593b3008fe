import { failureText, useToasts } from '@millrace/app-design'
import type { RoomSeriesClient, ViewQuery } from '@millrace/client'
import { useEffect, useMemo } from 'react'
import { SeriesFeed } from './series-feed.ts'

/**
 * What the query asks for, as it changes. Undefined until the room is joined.
 *
 * @param series Undefined: the room is not joined.
 * @param query Keep its identity as long as it asks for the same; undefined: nothing is asked for yet.
 */
export function useFeed<S>(
  series: RoomSeriesClient<S> | undefined,
  query: ViewQuery<S> | undefined,
): SeriesFeed<S> | undefined {
  const toasts = useToasts()
  const feed = useMemo(() => {
    const onError = (error: unknown): void => {
      toasts.show({ tone: 'bad', title: 'A chart cannot be drawn', text: failureText(error) })
    }
    return series && new SeriesFeed(series, onError)
  }, [series, toasts])
  useEffect(() => feed?.hold(), [feed])
  useEffect(() => {
    if (query) feed?.ask(query)
  }, [feed, query])
  return feed
}
