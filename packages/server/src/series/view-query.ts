import { fail, guardWire, type SeriesEntry } from '@millrace/contract'
import type { Limits } from '../limits.ts'
import { isRecord } from '../pipeline/wire-input.ts'
import { columnWidth } from './column-width.ts'
import { parseSeriesKey } from './parse-key.ts'
import { trackName } from './series-name.ts'

const maxKeys = 500
const maxFps = 60
const maxWidthPx = 16_384
/** The last time that a Date can hold, ms since 1970. */
const lastTime = 8.64e15

export type Window = { readonly last: number } | { readonly from: number; readonly to: number }

/** `~view` as it was understood. */
export interface ViewQuery {
  readonly name: string
  readonly entry: SeriesEntry
  /** Key by key, in each the fields. */
  readonly tracks: readonly string[]
  readonly window: Window
  readonly columnMs: number
  readonly fps: number
  readonly since: { readonly epoch: string; readonly at: number } | undefined
  readonly readsPacked: boolean
  /** The view that ends when this one is answered. */
  readonly replaces: unknown
}

/** @throws MillraceError `INVALID_INPUT`, `UNKNOWN_EVENT` or `CONTRACT_MISMATCH`, which says what to change. */
export function readViewQuery(argument: unknown, all: ReadonlyMap<string, SeriesEntry>, limits: Limits): ViewQuery {
  if (!isRecord(argument)) throw fail('INVALID_INPUT', '~view takes { room, series, keys, widthPx } and a window')
  const keys = readList(argument.keys, 'keys', maxKeys)
  const name = argument.series
  const entry = typeof name === 'string' ? all.get(name) : undefined
  if (typeof name !== 'string' || entry === undefined)
    throw fail('UNKNOWN_EVENT', 'the room declares no series of that name', { path: 'series' })
  const fields = argument.fields === undefined ? entry.fields : readList(argument.fields, 'fields', entry.fields.length)
  const excess = guardWire(argument, limits)
  if (excess) throw excess
  if ((argument.version ?? 1) !== entry.version)
    throw fail('CONTRACT_MISMATCH', `"${name}" is at version ${entry.version} here; update the older side`)
  const parsed = keys.map((key, index) => parseSeriesKey(name, entry, key, `keys[${index}]`))
  fields.forEach((field, index) => {
    if (!entry.fields.includes(field as string))
      throw fail('INVALID_INPUT', `"${name}" has the fields ${entry.fields.join(', ')}`, { path: `fields[${index}]` })
  })
  if (new Set(parsed).size < keys.length || new Set(fields).size < fields.length)
    throw fail('INVALID_INPUT', 'name the keys and fields of a view each once')
  const window = readWindow(argument)
  const widthPx = readNumber(argument.widthPx, 'widthPx', 1, maxWidthPx, Number.isInteger)
  const points = keys.length * fields.length * widthPx * 4
  if (points > limits.maxViewPoints) {
    const most = `at most ${limits.maxViewPoints} points, 4 per key, field and pixel`
    throw fail('INVALID_INPUT', `a view has ${most}; ask for fewer keys or fields, or a lower widthPx`)
  }
  // JSON has null for NaN, which is no number left out.
  const { columnMs = 1, fps = 10 } = argument
  const multipleMs = readNumber(columnMs, 'columnMs', 1, Number.MAX_SAFE_INTEGER, Number.isInteger)
  return {
    name,
    entry,
    tracks: parsed.flatMap((key) => fields.map((field) => trackName(field as string, key))),
    window,
    columnMs: columnWidth('last' in window ? window.last : window.to - window.from, widthPx, multipleMs),
    fps: readNumber(fps, 'fps', 0, maxFps, Number.isFinite),
    since: readSince(argument.since),
    readsPacked: argument.packed === 1,
    replaces: argument.view,
  }
}

function readList(value: unknown, path: string, max: number): readonly unknown[] {
  if (Array.isArray(value) && value.length >= 1 && value.length <= max) return value
  throw fail('INVALID_INPUT', `${path} is a list of 1 to ${max}; split the view where it needs more`, { path })
}

function readNumber(
  value: unknown,
  path: string,
  min: number,
  max: number,
  isOfKind: (value: unknown) => boolean,
): number {
  if (typeof value === 'number' && isOfKind(value) && value >= min && value <= max) return value
  throw fail('INVALID_INPUT', `${path} is a ${isOfKind === Number.isInteger ? 'whole ' : ''}number, ${min} to ${max}`, {
    path,
  })
}

function readWindow({ last, from, to }: Record<string, unknown>): Window {
  if (last !== undefined) {
    if (typeof last === 'number' && Number.isFinite(last) && last > 0 && from === undefined && to === undefined)
      return { last: Math.min(last, lastTime) }
    throw fail('INVALID_INPUT', 'last is milliseconds above 0, and stands without from and to', { path: 'last' })
  }
  if (!Number.isFinite(from) || !Number.isFinite(to) || (from as number) >= (to as number))
    throw fail('INVALID_INPUT', 'give last, or from and a later to, in milliseconds since 1970', { path: 'from' })
  return { from: withinTime(from as number), to: withinTime(to as number) }
}

function withinTime(at: number): number {
  return Math.max(-lastTime, Math.min(lastTime, at))
}

function readSince(since: unknown): ViewQuery['since'] {
  if (since === undefined) return undefined
  if (isRecord(since) && typeof since.epoch === 'string' && Number.isFinite(since.at))
    return { epoch: since.epoch, at: since.at as number }
  throw fail('INVALID_INPUT', 'since is { epoch, at } of an earlier answer', { path: 'since' })
}
