import { isUtf8 } from 'node:buffer'
import type { Sample, SeriesPosition } from '@millrace/server'
import { parseTexts } from './bounded-json.ts'
import { maxHeadBytes, withinHead } from './payload-text.ts'

/** Of one script, so that it holds nobody up: a few ms. */
export const maxSamples = 1_000

/** A track's place among the names, 4 bytes; time and value, 8 bytes each. Little-endian, as Lua's `<I4dd`. */
const sampleBytes = 20

const line = /^([\w-]{1,64}) (\d{1,16}) ([\w-]{1,32}) (\d{1,7})$/
const newline = 0x0a

export interface SampleBatch {
  /** As JSON strings, each once. */
  readonly names: readonly string[]
  readonly samples: Buffer
}

/** What one append stored. */
export interface HeardSamples {
  readonly samples: readonly Sample[]
  readonly position: SeriesPosition
  /** Of the version; a Redis that lost what was written last gives a version again, with another id. */
  readonly id: string
}

/** @throws MillraceError `PAYLOAD_TOO_LARGE` */
export function encodeSamples(batch: readonly Sample[]): SampleBatch {
  const places = new Map<string, number>()
  const samples = Buffer.allocUnsafe(batch.length * sampleBytes)
  for (const [index, { track, at, value }] of batch.entries()) {
    let place = places.get(track)
    if (place === undefined) places.set(track, (place = places.size))
    const start = index * sampleBytes
    samples.writeUInt32LE(place, start)
    samples.writeDoubleLE(at, start + 4)
    samples.writeDoubleLE(value, start + 12)
  }
  const names = [...places.keys()].map((track) => JSON.stringify(track))
  withinHead(names.join())
  return { names, samples }
}

/** A message on the channel of a series: a line of epoch, version, its id and the bytes of the names, the names, the samples. */
export function decodeSamples(text: Buffer): HeardSamples | undefined {
  const lineEnd = text.indexOf(newline)
  if (lineEnd === -1 || lineEnd > 100) return undefined
  const [, epoch = '', versionText, id = '', nameBytes] = line.exec(text.toString('latin1', 0, lineEnd)) ?? []
  const version = Number(versionText)
  if (epoch === '' || !Number.isSafeInteger(version)) return undefined
  const nameEnd = lineEnd + 1 + Number(nameBytes)
  const count = (text.length - nameEnd) / sampleBytes
  if (Number(nameBytes) > maxHeadBytes || !Number.isInteger(count) || count < 1 || count > maxSamples) return undefined
  const head = text.subarray(lineEnd + 1, nameEnd)
  const names = isUtf8(head) ? parseTexts(head.toString()) : undefined
  if (names === undefined) return undefined
  const samples: Sample[] = []
  for (let start = nameEnd; start < text.length; start += sampleBytes) {
    const track = names[text.readUInt32LE(start)]
    const at = text.readDoubleLE(start + 4)
    const value = text.readDoubleLE(start + 12)
    if (track === undefined || !Number.isSafeInteger(at) || !Number.isFinite(value)) return undefined
    samples.push({ track, at, value })
  }
  return { samples, position: { epoch, version }, id }
}

/** What a script refused: the index of each sample, 4 bytes, and `b` or `f`. */
export function decodeRefused(
  text: Buffer,
  firstIndex: number,
): { readonly index: number; readonly why: 'backwards' | 'full' }[] {
  const refused: { index: number; why: 'backwards' | 'full' }[] = []
  for (let start = 0; start + 5 <= text.length; start += 5) {
    const why = text.toString('latin1', start + 4, start + 5) === 'f' ? 'full' : 'backwards'
    refused.push({ index: firstIndex + text.readUInt32LE(start), why })
  }
  return refused
}
