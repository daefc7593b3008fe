import { defineContract, room, series } from '@millrace/contract'
import { implement, type Store, type TimeSeries } from '@millrace/server'
import { createPair, type Pair, type PairOptions, type TestUser } from '@millrace/testing'
import { z } from 'zod'

const Key = z.string().regex(/^[a-z]\w*$/)

/** A room with numbers over time. */
export const meters = defineContract({
  namespace: '/meters',
  rooms: {
    hall: room({
      series: {
        load: series({ keys: Key, fields: ['cpu', 'heat'], maxKeys: 3 }),
        price: series({ keys: Key, fields: ['price'], version: 2 }),
        short: series({ keys: Key, fields: ['v'], stepMs: 10, retentionMs: 60_000 }),
      },
    }),
    bare: room({}),
  },
})

export const metersApp = implement<typeof meters, TestUser>(meters, {
  rooms: { hall: { authorize: () => true }, bare: { authorize: () => true } },
})

export function openMeters(options: Partial<PairOptions<TestUser>> = {}): Promise<Pair> {
  return createPair({ implementations: [metersApp], ...options })
}

interface BoundSeries {
  readonly append: TimeSeries['append']
  readonly read: TimeSeries['read']
  readonly subscribe: TimeSeries['subscribe']
}

/** The store with some of its series' methods replaced. */
export function withSeries(store: Store, change: (series: BoundSeries) => Partial<TimeSeries>): Store {
  const { series } = store
  const bound: BoundSeries = {
    append: (...given) => series.append(...given),
    read: (...given) => series.read(...given),
    subscribe: (...given) => series.subscribe(...given),
  }
  return {
    ...store,
    isReady: () => store.isReady(),
    close: (how) => store.close(how),
    series: { ...bound, ...change(bound) },
  }
}
