import { fail, parse, type SeriesEntry, type WireViewQuery } from '@millrace/contract'

/** A query as the application gives it, without the types of its contract. */
export interface UntypedQuery {
  readonly keys: readonly string[]
  readonly fields?: readonly string[] | undefined
  readonly last?: number | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly widthPx: number
  readonly fps?: number | undefined
  readonly columnMs?: number | undefined
  readonly whenHidden?: 'slow' | 'pause' | undefined
}

/** A query that was checked. */
export interface ViewPlan {
  readonly query: UntypedQuery
  readonly fields: readonly string[]
  readonly fps: number
  /** What travels, but for the pace and the names of this connection. */
  readonly wire: Omit<WireViewQuery, 'room' | 'view' | 'fps' | 'since'>
  /** The same text: the same points. */
  readonly shape: string
}

const maxKeys = 500
export const maxWidthPx = 16_384
const maxFps = 60
const defaultFps = 10
/** While the page is hidden and the view goes on. */
const hiddenFps = 1

/** @throws MillraceError `INVALID_INPUT` that says what to change. */
export function planView(name: string, entry: SeriesEntry, query: UntypedQuery): ViewPlan {
  const { keys, fields = entry.fields, last, from, to, widthPx, fps = defaultFps, columnMs, whenHidden } = query
  const must = (isFit: boolean, what: string) => {
    if (!isFit) throw fail('INVALID_INPUT', `a view of ${name} needs ${what}`)
  }
  must(isList(keys) && keys.length <= maxKeys, `1 to ${maxKeys} keys, each once`)
  for (const key of keys) checkKey(name, entry, key)
  must(isList(fields), 'at least one field, each once')
  for (const field of fields) must(entry.fields.includes(field), `fields out of ${entry.fields.join(', ')}`)
  const isMoving = from === undefined && to === undefined && Number.isFinite(last) && last! > 0
  const isStanding = last === undefined && Number.isFinite(from) && Number.isFinite(to) && from! < to!
  must(isMoving || isStanding, 'either last (ms, above 0) or finite from < to (ms since 1970)')
  must(isWhole(widthPx, 1, maxWidthPx), `a widthPx that is whole, 1 to ${maxWidthPx}`)
  must(fps >= 0 && fps <= maxFps, `an fps of 0 to ${maxFps}`)
  must(columnMs === undefined || isWhole(columnMs, 1, Infinity), 'a columnMs that is whole and at least 1')
  must(whenHidden === undefined || whenHidden === 'slow' || whenHidden === 'pause', `whenHidden 'slow' or 'pause'`)
  const version = entry.version === 1 ? undefined : entry.version
  const wire = { series: name, version, keys, fields, from, to, last, widthPx, columnMs } as ViewPlan['wire']
  return { query, fields, fps, wire, shape: JSON.stringify(wire) }
}

/** A plan with some members of the query changed; a window is changed as a whole. */
export function changePlan(name: string, entry: SeriesEntry, plan: ViewPlan, change: Partial<UntypedQuery>): ViewPlan {
  const isMoved = change.last !== undefined || change.from !== undefined || change.to !== undefined
  const { last, from, to } = isMoved ? change : plan.query
  return planView(name, entry, { ...plan.query, ...change, last, from, to })
}

/** Increments per second to ask for. */
export function paceOf({ fps, query }: ViewPlan, isHidden: boolean): number {
  if (!isHidden) return fps
  return query.whenHidden === 'pause' ? 0 : Math.min(fps, hiddenFps)
}

function checkKey(name: string, entry: SeriesEntry, key: unknown): void {
  const parsed = parse(entry.keys, key, `key of series ${name}`)
  if (parsed instanceof Promise) throw fail('INVALID_INPUT', `keys of series ${name} need a synchronous schema`)
  if (!parsed.ok) throw parsed.error
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && new Set(value).size === value.length
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most
}
