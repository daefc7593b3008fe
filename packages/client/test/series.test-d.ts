import type { Candle, Client, SeriesView } from '@millrace/client'
import type { MillraceError } from '@millrace/contract'
import { chat } from './support/chat.ts'
import { market } from './support/market.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
function same<A, B>(_: Equal<A, B>): void {}

export async function types(client: Client): Promise<void> {
  const floor = client.use(market).room('floor')
  const window = { last: 60_000, widthPx: 300 }

  // [SER100] what a view gives has the keys and fields of the contract
  const view = await floor.series('price').view({ keys: ['acme'], fields: ['bid'], ...window })
  same<typeof view, SeriesView<(typeof market)['rooms']['floor']['series']['price']>>(true)
  const { at, values } = view.points('acme', 'ask')
  same<typeof at, Float64Array>(true)
  same<typeof values, Float64Array>(true)
  const candles = view.candles('bolt', 'bid')
  same<typeof candles, readonly Candle[]>(true)
  view.on('change', ({ since, keys }) => {
    same<typeof since, number>(true)
    same<typeof keys, readonly ('acme' | 'bolt' | 'core')[]>(true)
  })
  view.on('end', (error) => same<typeof error, MillraceError>(true))
  await view.set({ from: 1, to: 2 })
  await view.set({ keys: ['bolt'], fields: undefined })
  const load = await floor.series('load').view({ keys: ['any'], from: 1, to: 2, widthPx: 1, columnMs: 60_000 })
  load.points('other', 'value')

  // [SER100] what the contract does not have does not compile
  // @ts-expect-error no such series
  floor.series('size')
  // @ts-expect-error a room without series
  client.use(chat).room('lobby').series('price')
  // @ts-expect-error no such key
  void floor.series('price').view({ keys: ['zinc'], ...window })
  // @ts-expect-error no such field
  void floor.series('price').view({ keys: ['acme'], fields: ['size'], ...window })
  // @ts-expect-error a key is text
  void floor.series('load').view({ keys: [7], ...window })
  // @ts-expect-error no window
  void floor.series('price').view({ keys: ['acme'], widthPx: 1 })
  // @ts-expect-error two windows
  void floor.series('price').view({ keys: ['acme'], ...window, from: 1, to: 2 })
  // @ts-expect-error half a window
  void floor.series('price').view({ keys: ['acme'], widthPx: 1, from: 1 })
  // @ts-expect-error no such way to hide
  void floor.series('price').view({ keys: ['acme'], ...window, whenHidden: 'stop' })
  // @ts-expect-error no such field
  view.points('acme', 'value')
  // @ts-expect-error no such key
  view.candles('zinc', 'bid')
  // @ts-expect-error half a window
  void view.set({ to: 2 })
  // @ts-expect-error no such event
  view.on('points', () => {})
}
