import { chooseLevel, type SeriesPage, type SeriesPlan, type SeriesQuery } from '@millrace/server'
import { readChunks, readOpenBuckets } from './lua/read-series.ts'
import { decodeOpenBuckets } from './open-buckets.ts'
import { bufferList, readNumber, textOf } from './replies.ts'
import { birthOf, rollupsOf, type Rollup } from './series-chunks.ts'
import { chunksOf, TrackReading } from './series-page.ts'
import type { StoreParts } from './store-parts.ts'

/** Chunks of one script: at most 2 MB, which hold up Redis for a ms. */
const chunksAtOnce = 64
/** Scripts under way; what they answer is thinned before more is asked for, so that a page of any span takes some MB. */
const width = 4

interface TrackChunks {
  readonly reading: TrackReading
  /** In the order of time. */
  readonly chunks: Iterable<number>
  readonly keyOf: (chunk: number) => string
}

interface WantedChunk {
  readonly reading: TrackReading
  readonly chunk: number
  readonly key: string
}

/**
 * The open buckets are read first, in one step with the position. Chunks only grow, and carry the epoch in their names: what was
 * appended to them since is of buckets that were open then, and left out. So the page is as of its position.
 */
export async function readSeries(
  parts: StoreParts,
  series: string,
  query: SeriesQuery,
  plan: SeriesPlan,
): Promise<SeriesPage> {
  const { names, commands, random, skips } = parts
  const startMs = commands.start()
  const rollups = rollupsOf(plan)
  const tracks = query.tracks.map((track) => JSON.stringify(track))
  const args = [...birthOf(plan, random), ...tracks]
  const asked = commands.run(readOpenBuckets, [names.series(series)], args, 'read', startMs)
  const [epoch, version, now, ...states] = bufferList(await asked, 3 + tracks.length)
  const range = { from: Math.max(query.from, readNumber(now) - plan.retentionMs), to: query.to }
  const widths = rollups.map(({ widthMs }) => widthMs)
  const level = chooseLevel(widths, query.bucketMs, plan, readNumber(now) - range.from)
  const rollup = rollups[level] as Rollup

  const readings = tracks.map((track, index): TrackChunks => {
    const buckets = decodeOpenBuckets(states[index] as Buffer, rollups.length)
    if (buckets === undefined && states[index]?.length !== 0) skips.add()
    const open = (buckets ?? []).slice(0, level + 1).filter((bucket) => !bucket.isEmpty)
    const reading = new TrackReading(query.bucketMs, rollup, range, open.toReversed())
    const keyOf = (chunk: number): string => names.points(series, `${textOf(epoch)}:${level + 1}:${chunk}:${track}`)
    return { reading, chunks: chunksOf(rollup, range, open.at(-1)), keyOf }
  })
  let wanted: WantedChunk[] = []
  for (const { reading, chunks, keyOf } of readings) {
    for (const chunk of chunks) {
      wanted.push({ reading, chunk, key: keyOf(chunk) })
      if (wanted.length < width * chunksAtOnce) continue
      await readInto(parts, wanted, rollup, startMs)
      wanted = []
    }
  }
  await readInto(parts, wanted, rollup, startMs)
  return {
    position: { epoch: textOf(epoch), version: readNumber(version) },
    tracks: readings.map(({ reading }) => reading.finish()),
  }
}

async function readInto(
  { commands, skips }: StoreParts,
  wanted: readonly WantedChunk[],
  { maxBytes }: Rollup,
  startMs: number,
): Promise<void> {
  const slices = Array.from({ length: Math.ceil(wanted.length / chunksAtOnce) }, (_, index) =>
    wanted.slice(index * chunksAtOnce, (index + 1) * chunksAtOnce),
  )
  const replies = slices.map(async (slice) => {
    const keys = slice.map(({ key }) => key)
    return bufferList(await commands.run(readChunks, keys, [String(maxBytes)], 'read', startMs), keys.length)
  })
  const texts = (await Promise.all(replies)).flat()
  for (const [index, { reading, chunk }] of wanted.entries()) {
    if (!reading.addChunk(chunk, texts[index] as Buffer)) skips.add()
  }
}
