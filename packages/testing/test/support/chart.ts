import type { WireAnswer, WirePoints, WireView } from '@millrace/contract'
import type { Pair } from '@millrace/testing'
import { askNow, rawClient, type RawClient } from './raw-client.ts'

export type Point = readonly [at: number, value: number]

/** A raw client in the hall, which does with points what docs/protocol.md says. */
export interface Chart {
  readonly client: RawClient
  readonly room: number
  /** Asks for a view and shows it; throws the error of a refusal. */
  view(query: object): Promise<WireView>
  ask(query: object): Promise<WireAnswer>
  /** What came for a view. */
  told(view: number): readonly WirePoints[]
  /** What a view shows, track by track; `before` what it showed when it asked with `since`. */
  shown(answer: WireView, before?: readonly (readonly Point[])[]): Point[][]
}

export async function openChart(pair: Pair, user: string, node = 0): Promise<Chart> {
  const client = await rawClient(pair, user, { millrace: 1 }, node, '/meters')
  const joined = await askNow(pair, client, '~join', { room: 'hall' })
  if (!joined.ok) throw new Error(joined.error.message)
  const { room } = joined.data as { room: number }
  const ask = (query: object) => askNow(pair, client, '~view', { room, ...query })
  const told = (view: number) =>
    client.got
      .filter(([name]) => name === '~points')
      .map(([, points]) => points as WirePoints)
      .filter((points) => points.view === view)
  return {
    client,
    room,
    ask,
    told,
    async view(query) {
      const answer = await ask(query)
      if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`)
      return answer.data as WireView
    },
    shown(answer, before = []) {
      const tracks = pointsOf(answer).map((points, index) => [
        ...(before[index] ?? []).filter(([at]) => at < answer.from),
        ...points,
      ])
      for (const { epoch, since, tracks: changed } of told(answer.view))
        if (epoch === answer.epoch)
          for (const [index, numbers] of changed)
            tracks[index] = [...(tracks[index] ?? []).filter(([at]) => at < since), ...pairs(numbers, since)]
      return tracks
    },
  }
}

/** The points of an answer, track by track. */
export function pointsOf({ counts, data }: WireView): Point[][] {
  const numbers = new Float64Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength))
  let start = 0
  return counts.map((count) => pairs(numbers.subarray(2 * start, 2 * (start += count)), 0))
}

function pairs(numbers: ArrayLike<number>, origin: number): Point[] {
  return Array.from({ length: numbers.length / 2 }, (_, index) => [
    (numbers[2 * index] as number) + origin,
    numbers[2 * index + 1] as number,
  ])
}
