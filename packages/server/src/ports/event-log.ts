import type { GapReason, HistoryLimits, Link, Position } from '@millrace/contract'

/** JSON text, or raw bytes. Text is relayed as it is and never parsed and printed again. */
export type Payload = string | Uint8Array

/** One durable event as it is stored. */
export interface Entry extends Link {
  /** The publisher's key, or null. */
  readonly key: string | null
  /** The store's wall clock, ms since 1970. */
  readonly at: number
  /** The publisher's user id, or null for the server itself. */
  readonly from: string | null
  /** The versioned event name. */
  readonly name: string
  readonly payload: Payload
}

export interface Append {
  readonly name: string
  readonly payload: Payload
  /**
   * Makes the append idempotent for 5 minutes: the same key of the same `from` and `name` gives the first append's
   * position. Null: every append is a new entry.
   */
  readonly key: string | null
  readonly from: string | null
  readonly history: HistoryLimits
}

export interface Appended {
  readonly position: Position
  readonly at: number
  /** True: the key was known and nothing was appended. */
  readonly duplicate: boolean
}

export interface LogQuery {
  readonly direction: 'before' | 'after'
  /** The entries next to it, itself not included. Null: from the newest (`before`) or the oldest retained (`after`). */
  readonly position: Position | null
  readonly limit: number
  /** Payload bytes after which the page ends; it holds one entry at least. */
  readonly maxBytes: number
}

export interface LogPage {
  readonly kind: 'page'
  /** In ascending order, whatever the direction. */
  readonly entries: readonly Entry[]
  readonly top: Position
  /** Whether there are more entries in this direction. */
  readonly more: boolean
}

/** The queried position is not part of the log's history. */
export interface LogGap {
  readonly kind: 'gap'
  readonly reason: GapReason
  /** The position just before the oldest retained entry; equal to `top` where none is retained. */
  readonly floor: Position
  readonly top: Position
}

export interface LogListener {
  /** Entries in the order of the log. They may repeat or leave out; the node compares them with its own top. */
  entries(entries: readonly Entry[]): void
}

export interface Subscription {
  close(): Promise<void>
}

/**
 * The ordered history of every room. A position is verified, never believed: `offset` and `id` must match a retained
 * entry, or the `prev` of the oldest one.
 *
 * Every method rejects with a MillraceError: `UNAVAILABLE` where nothing was done, `OUTCOME_UNKNOWN` where that cannot be
 * known, `INVALID_INPUT` for a known key with another payload.
 */
export interface EventLog {
  /** What an append survives once it is acknowledged. */
  readonly ack: 'stored' | 'fsynced'
  append(room: string, append: Append): Promise<Appended>
  read(room: string, query: LogQuery): Promise<LogPage | LogGap>
  /** The top of each room, in the order of `rooms`; a room without a history gets one. */
  tails(rooms: readonly string[]): Promise<readonly Position[]>
  /**
   * Forgets the entries up to `through`, itself included, as trimming by history limits does: the position stays known as that
   * before the oldest retained entry. Does nothing where `through` is not, or no longer, part of the history.
   */
  trim(room: string, through: Position): Promise<void>
  /** Resolves once every later append reaches the listener. Entries are delivered after they are stored. */
  subscribe(room: string, listener: LogListener): Promise<Subscription>
}
