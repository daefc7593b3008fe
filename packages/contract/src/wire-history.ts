import type { Position } from './position.ts'
import type { WireEntry } from './wire-frame.ts'
import type { GapReason } from './wire-room.ts'

/** The argument of `~history`: the entries next to `position`, which is not itself part of the answer. */
export interface WireHistory {
  readonly room: number
  readonly direction: 'before' | 'after'
  /** Absent: the newest entries (`before`) or the oldest retained (`after`). */
  readonly position?: Position
  /** 1 to 500. */
  readonly limit: number
}

/** Entries in ascending order, whatever the direction. */
export interface WireHistoryPage {
  readonly epoch: string
  /** Offset of the first entry. */
  readonly from: number
  /** Id of the entry before the first. */
  readonly prev: string
  readonly entries: readonly WireEntry[]
  /** Whether there are more in this direction. */
  readonly more: boolean
  /** The position that was asked for is not part of this history; the page is empty. */
  readonly gap?: GapReason
}
