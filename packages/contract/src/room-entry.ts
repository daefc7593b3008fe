import type { EventEntry } from './event-entry.ts'
import type { NoOther } from './no-other.ts'
import type { RequestEntry } from './request-entry.ts'
import type { SeriesEntry } from './series-entry.ts'
import type { Schema } from './standard-schema.ts'

export interface PresenceEntry {
  /** What members see of a user; comes from the server, never from the client. */
  readonly user: Schema
  /** What a client says of itself, for example `{ status: 'away' }`. */
  readonly state: Schema
}

/** Positive numbers; `Infinity` lifts a limit. What exceeds one of them is trimmed, oldest first. */
export interface HistoryLimits {
  /** Default 10,000. */
  readonly maxEvents: number
  /** Payload bytes. Default 16,000,000. */
  readonly maxBytes: number
  /** Default 30 days. */
  readonly ttlSeconds: number
}

export const defaultHistory: HistoryLimits = { maxEvents: 10_000, maxBytes: 16_000_000, ttlSeconds: 30 * 86_400 }

export interface RoomOptions {
  /** The parameters that tell rooms of this kind apart; parsed, they are plain JSON. Without it there is one room. */
  readonly params?: Schema
  readonly presence?: PresenceEntry
  /** What a joiner starts from. */
  readonly snapshot?: Schema
  readonly events?: Readonly<Record<string, EventEntry>>
  readonly requests?: Readonly<Record<string, RequestEntry>>
  /** Numbers over time, for charts. */
  readonly series?: Readonly<Record<string, SeriesEntry>>
  readonly history?: Partial<HistoryLimits>
  /** How long events gather before they are sent, 0 to 10,000 ms. 0 (the default): until the end of the tick. */
  readonly flushMs?: number
  /** 1 to 1,000,000, default 1. */
  readonly version?: number
}

export type RoomEntry<R extends RoomOptions = RoomOptions> = R & { readonly kind: 'room' }

export function room<const R extends RoomOptions>(options: R & NoOther<R, RoomOptions>): RoomEntry<R> {
  return { ...options, kind: 'room' }
}
