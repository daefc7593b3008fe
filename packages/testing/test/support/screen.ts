import type { SeriesView } from '@millrace/client'
import type { Cable, Pair } from '@millrace/testing'
import type { Point } from './chart.ts'
import { meters } from './meters.ts'

export type ShortSeries = (typeof meters)['rooms']['hall']['series']['short']

/** A client in the hall, as an application has it. */
export function openScreen(pair: Pair, user: string, node = 0) {
  const { client, cable } = pair.client({ auth: { user }, reconnect: { minDelayMs: 10, maxDelayMs: 20 } })
  cable.node = node
  const room = client.use(meters).room('hall')
  return { client, cable, room, series: room.series('short') }
}

/** Lets packets and promises go on until this one is settled; the code of views is loaded from the disk. */
export async function until<T>(pair: Pair, promise: Promise<T>): Promise<T> {
  let isSettled = false
  const settled = () => void (isSettled = true)
  promise.then(settled, settled)
  while (!isSettled) await pair.flush()
  return promise
}

/** Cuts the connection, and lets what happens meanwhile happen; then the client comes back, to a node. */
export async function whileCut(pair: Pair, cable: Cable, node: number, meanwhile: () => Promise<void>): Promise<void> {
  cable.isPlugged = false
  cable.cut()
  await meanwhile()
  cable.isPlugged = true
  cable.node = node
  await pair.run(1_000)
}

export function pointsOfView(view: SeriesView<ShortSeries>, key: string): Point[] {
  const { at, values } = view.points(key, 'v')
  return Array.from(at, (time, index) => [time, values[index]!] as const)
}

/** The first, least, greatest and last of each column, of numbers that differ. */
export function thinned(samples: readonly Point[], columnMs: number): Point[] {
  return samples.filter((sample) => {
    const column = Math.floor(sample[0] / columnMs)
    const of = samples.filter(([at]) => Math.floor(at / columnMs) === column)
    const values = of.map(([, value]) => value)
    const kept = [of[0], of.at(-1)]
    return kept.includes(sample) || sample[1] === Math.min(...values) || sample[1] === Math.max(...values)
  })
}
