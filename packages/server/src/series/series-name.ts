import { versionedName, type SeriesEntry } from '@millrace/contract'
import type { SeriesPlan } from '../ports/time-series.ts'

/** The name of a series in the store. Names hold no spaces, so that the series of different rooms cannot be mistaken for each other. */
export function seriesKey(room: string, name: string, { version }: Pick<SeriesEntry, 'version'>): string {
  return `${versionedName(name, version)} ${room}`
}

/** Field names hold no spaces. */
export function trackName(field: string, key: string): string {
  return `${field} ${key}`
}

export function planOf({ stepMs, retentionMs, stepRetentionMs, maxKeys, fields }: SeriesEntry): SeriesPlan {
  return { stepMs, retentionMs, stepRetentionMs, maxTracks: maxKeys * fields.length }
}
