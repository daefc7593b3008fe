import type { MillraceError } from '@millrace/contract'

export type Point = readonly [at: number, value: number]

/** The data of an answer to `~view`, made by hand. */
export function viewAnswer(tracks: readonly (readonly Point[])[], change: object = {}): Record<string, unknown> {
  const numbers = tracks.flat(2)
  const data = Buffer.alloc(numbers.length * 8)
  for (const [index, number] of numbers.entries()) data.writeDoubleLE(number, index * 8)
  const counts = tracks.map((points) => points.length)
  return { view: 1, epoch: 'e', columnMs: 10, kind: 'replace', from: 0, counts, data, ...change }
}

/** `~points` of the view `view`. */
export function points(
  since: number,
  tracks: Readonly<Record<number, readonly Point[]>>,
  change: object = {},
): Record<string, unknown> {
  const told = Object.entries(tracks).map(([track, of]) => [
    Number(track),
    of.flatMap(([at, value]) => [at - since, value]),
  ])
  return { room: 7, view: 1, epoch: 'e', since, tracks: told, ...change }
}

/** Points of a view as pairs. */
export function pairs({ at, values }: { readonly at: Float64Array; readonly values: Float64Array }): Point[] {
  return Array.from(at, (time, index) => [time, values[index]!] as const)
}

/** With which code a promise rejects. */
export function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => undefined,
    (error: MillraceError) => error.code,
  )
}
