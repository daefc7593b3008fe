import type { RoomSeriesClient, SeriesView, ViewQuery } from '@millrace/client'
import { fail } from '@millrace/contract'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { MarketSeries } from '../web/market/market-series.ts'
import { SeriesFeed } from '../web/view/series-feed.ts'

type Answer = Error | 'opens'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A series that answers as it is told, first to opening views and then to changes of them. */
function scripted(...answers: readonly Answer[]) {
  const left = [...answers]
  const asked: (readonly string[])[] = []
  const errors: unknown[] = []
  let closed = 0
  const answer = ({ keys = [] }: Partial<ViewQuery<MarketSeries>>): Promise<void> => {
    asked.push(keys)
    const next = left.shift() ?? 'opens'
    return next === 'opens' ? Promise.resolve() : Promise.reject(next)
  }
  const view = { on: () => () => {}, set: answer, close: () => void closed++ } as Partial<SeriesView<MarketSeries>>
  const series: RoomSeriesClient<MarketSeries> = {
    view: async (query) => {
      await answer(query)
      return view as SeriesView<MarketSeries>
    },
  }
  const feed = new SeriesFeed(series, (error) => errors.push(error))
  return { feed, asked, errors, closed: () => closed }
}

const query = (...keys: string[]): ViewQuery<MarketSeries> => ({ keys, last: 60_000, widthPx: 100 })

it('[CHT67] what was asked for without a connection is asked for again, and nobody is told', async () => {
  const { feed, asked, errors } = scripted(fail('TIMEOUT', 'late'), fail('DISCONNECTED', 'gone'), 'opens')
  feed.hold()
  feed.ask(query('ALA'))
  await vi.advanceTimersByTimeAsync(500)
  expect([asked, feed.view]).toEqual([[['ALA']], undefined])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(asked).toEqual([['ALA'], ['ALA'], ['ALA']])
  expect(feed.view).toBeDefined()
  expect(errors).toEqual([])
})

it('[CHT67] a change that was lost is made again, as it is wished by then', async () => {
  const { feed, asked } = scripted('opens', fail('TIMEOUT', 'late'))
  feed.hold()
  feed.ask(query('ALA'))
  await vi.advanceTimersByTimeAsync(0)
  feed.ask(query('ALB'))
  await vi.advanceTimersByTimeAsync(10)
  feed.ask(query('ALC'))
  await vi.advanceTimersByTimeAsync(2_000)
  expect(asked).toEqual([['ALA'], ['ALB'], ['ALC'], ['ALC']])
})

it('[CHT67] a refusal is told and not asked for again; what is let go asks and tells nothing', async () => {
  const refused = scripted(fail('INVALID_INPUT', 'no such key'))
  refused.feed.hold()
  refused.feed.ask(query('???'))
  await vi.advanceTimersByTimeAsync(5_000)
  expect([refused.asked.length, refused.errors.length]).toEqual([1, 1])
  const left = scripted('opens', fail('TIMEOUT', 'late'))
  const letGo = left.feed.hold()
  left.feed.ask(query('ALA'))
  await vi.advanceTimersByTimeAsync(0)
  left.feed.ask(query('ALB'))
  letGo()
  await vi.advanceTimersByTimeAsync(5_000)
  expect([left.asked.length, left.errors, left.closed()]).toEqual([2, [], 1])
})
