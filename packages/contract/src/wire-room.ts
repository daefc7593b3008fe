import type { WireError } from './millrace-error.ts'
import type { Position } from './position.ts'
import type { WirePresenceUpdate } from './wire-presence.ts'
import type { StatePosition, WireStateUpdate } from './wire-state.ts'

/** The argument of `~join`. */
export interface WireJoin {
  readonly room: string
  readonly params?: unknown
  readonly version?: number
  /** Where the client stands; absent for a first join. */
  readonly position?: Position
  /** Where a client that joins anew left the room: it heard what comes before. */
  readonly left?: Position
  readonly state?: StatePosition
  /** The client's presence state, where the room has presence. */
  readonly presence?: unknown
}

export interface WireJoined {
  /** Names the room on this connection; another connection may have another number for it. */
  readonly room: number
  /** Delivery goes on after it. */
  readonly position: Position
  /** The newest entry when the join was answered; entries at or below it are replayed. */
  readonly top?: Position
  /** True: nothing was lost since the position that the client sent. */
  readonly recovered: boolean
  readonly gap?: GapSpan
  readonly snapshot?: unknown
  readonly state?: WireStateUpdate
  readonly presence?: WirePresenceUpdate
}

export type GapReason = 'epoch' | 'rewound' | 'trimmed'

export interface GapSpan {
  readonly reason: GapReason
  /** The last position before the gap. */
  readonly from: Position
  /** Delivery goes on after it. */
  readonly to: Position
}

/** `~gap`: events between `from` and `to` will not come; `snapshot` is the truth at `to` or later. */
export interface WireGap extends GapSpan {
  readonly room: number
  readonly snapshot?: unknown
}

/** `~kick`: the client is no longer in the room and shall not join again by itself. */
export interface WireKick {
  readonly room: number
  readonly error: WireError
}

/** The argument of `~leave`. */
export interface WireLeave {
  readonly room: number
}

/** The answer to a member's publish of a durable event. */
export interface WirePublished {
  readonly position: Position
  /** Wall time of the store, ms since 1970. */
  readonly at: number
  /** True: the key was known, and this is the first publish's position. */
  readonly duplicate: boolean
  /** `stored`: in the memory of the store. `fsynced`: on its disk. */
  readonly ack: 'stored' | 'fsynced'
}
