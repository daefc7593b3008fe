import { isUtf8 } from 'node:buffer'
import type { Sample, SeriesPosition } from '@millrace/server'
import { parseTexts } from './bounded-json.ts'
import { maxHeadBytes, withinHead } from './payload-text.ts'

/** Of one script, so that it holds nobody up: a few ms. */
const maxSamples = 1_000

/** Of one script, unless it has one name alone. 1,000 names of 128 bytes fit, and a message with them is read back. */
const maxNameBytes = 128_000

/** A track's place among the names, 4 bytes; time and value, 8 bytes each. Little-endian, as Lua's `<I4dd`. */
const sampleBytes = 20

const line = /^([\w-]{1,64}) (\d{1,16}) ([\w-]{1,32}) (\d{1,7})$/
const newline = 0x0a

export interface SampleBatch {
  /** As JSON strings, each once. */
  readonly names: readonly string[]
  readonly samples: Buffer
  /** Index of the first sample that did not fit. */
  readonly end: number
}

/** What one append stored. */
export interface HeardSamples {
  readonly samples: readonly Sample[]
  readonly position: SeriesPosition
  /** Of the version; a Redis that lost what was written last gives a version again, with another id. */
  readonly id: string
}

/**
 * As many samples from index `start` on as one script takes, at least one: whoever else appends is not refused for long names.
 *
 * @throws MillraceError `PAYLOAD_TOO_LARGE` where one name alone is too long.
 */
export function encodeSamples(all: readonly Sample[], start = 0): SampleBatch {
  const places = new Map<string, number>()
  const names: string[] = []
  const most = Math.min(all.length, start + maxSamples)
  const samples = Buffer.allocUnsafe((most - start) * sampleBytes)
  let [end, nameBytes] = [start, 0]
  for (; end < most; end++) {
    const { track, at, value } = all[end] as Sample
    let place = places.get(track)
    if (place === undefined) {
      const name = withinHead(JSON.stringify(track))
      nameBytes += Buffer.byteLength(name) + 1
      if (nameBytes > maxNameBytes && end > start) break
      places.set(track, (place = places.size))
      names.push(name)
    }
    const offset = (end - start) * sampleBytes
    samples.writeUInt32LE(place, offset)
    samples.writeDoubleLE(at, offset + 4)
    samples.writeDoubleLE(value, offset + 12)
  }
  return { names, samples: samples.subarray(0, (end - start) * sampleBytes), end }
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
