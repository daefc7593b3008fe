import type { Sample, SeriesPlan } from '@millrace/server'

/** Steps of one second, kept for a day. */
export const plan: SeriesPlan = { stepMs: 1_000, retentionMs: 86_400_000, maxTracks: 50 }

export type Point = readonly [at: number, value: number]

export function samplesOf(track: string, points: readonly Point[]): Sample[] {
  return points.map(([at, value]) => ({ track, at, value }))
}

export function pointsOf(numbers: Float64Array | undefined): Point[] {
  if (numbers === undefined) throw new Error('a read answers one list of points per track')
  return Array.from({ length: numbers.length / 2 }, (_, index) => [
    numbers[2 * index] as number,
    numbers[2 * index + 1] as number,
  ])
}

/** What a column must show: its first and last samples, and its extremes. */
export function extremesOf(points: readonly Point[]): { first: Point; last: Point; least: number; greatest: number } {
  const values = points.map(([, value]) => value)
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) throw new Error('a column without samples has no extremes')
  return { first, last, least: Math.min(...values), greatest: Math.max(...values) }
}

/** By the number of the column. */
export function columnsOf(points: readonly Point[], columnMs: number): Map<number, Point[]> {
  const columns = new Map<number, Point[]>()
  for (const point of points) {
    const column = Math.floor(point[0] / columnMs)
    const held = columns.get(column)
    if (held === undefined) columns.set(column, [point])
    else held.push(point)
  }
  return columns
}
