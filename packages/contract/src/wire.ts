import type { Position } from './position.ts'
import type { WireError } from './millrace-error.ts'

/** The answer to every request, in the acknowledgement. */
export type WireAnswer = { readonly ok: true; readonly data?: unknown } | { readonly ok: false; readonly error: WireError }

/** What a client says of itself in the handshake's `auth`, beside the application's own credentials. */
export interface WireHandshake {
  /** 1: send me frames. A client without it gets single events. */
  readonly millrace?: 1
  /** Stays the same over the reconnects of one client, so that presence does not flicker. At most 64 characters. */
  readonly client?: string
  /** `fingerprint(contract)` of the client's contract. */
  readonly fingerprint?: string
}

/** `~hello`, the first event on each namespace. */
export interface WireHello {
  readonly node: string
  readonly connection: string
  /** Wall time of the node, ms since 1970. */
  readonly at: number
  readonly maxPayloadBytes: number
  readonly fingerprint: string
}

/** The argument of a request, or of a member's publish to a room. */
export interface WireRequest {
  readonly input?: unknown
  /** The handle that the answer to `~join` gave. Absent: a request to the namespace. */
  readonly room?: number
  /** The same on every retry of one operation. At most 64 characters. */
  readonly key?: string
  /** The entry's version in the client's contract; absent means 1. */
  readonly version?: number
}

/** The argument of `~join`. */
export interface WireJoin {
  readonly room: string
  readonly params?: unknown
  readonly version?: number
  /** Where the client stands; absent for a first join. */
  readonly position?: Position
  readonly state?: StatePosition
  /** The client's presence state, where the room has presence. */
  readonly presence?: unknown
}

export interface WireJoined {
  /** The room's handle on this connection. Another connection gets another one. */
  readonly room: number
  /** Delivery goes on after it. */
  readonly position: Position
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

/**
 * One durable event: id, versioned name, payload, wall time in ms, the publisher's user id, the publisher's key. Trailing
 * absent members are left out; `null` stands for an entry that this receiver does not get.
 */
export type WireEntry =
  | readonly [id: string, name: string, payload: unknown, at: number, from?: string | null, key?: string | null]
  | null

/** One volatile event: versioned name, payload, wall time in ms, the publisher's user id. */
export type WireVolatile = readonly [name: string, payload: unknown, at: number, from?: string | null]

/** `~frame`: the entries `from` to `to` of a room. The receiver moves to `to`, `id`, whatever the kind. */
export type WireFrame =
  | {
      readonly room: number
      readonly kind: 'full'
      readonly epoch: string
      readonly from: number
      readonly prev: string
      readonly to: number
      readonly id: string
      readonly entries: readonly WireEntry[]
    }
  | {
      readonly room: number
      readonly kind: 'skip'
      readonly epoch: string
      readonly from: number
      readonly prev: string
      readonly to: number
      readonly id: string
    }
  | { readonly room: number; readonly kind: 'volatile'; readonly entries: readonly WireVolatile[] }

/** A place in the history of a room's keyed state. */
export interface StatePosition {
  readonly epoch: string
  readonly version: number
  readonly id: string
}

/** A value of keyed state: versioned event name, key, payload; without the payload the key was removed. */
export type WireStateValue = readonly [name: string, key: string, payload: unknown] | readonly [name: string, key: string]

export interface WireStateUpdate extends StatePosition {
  /** `replace`: forget every value, these are all. */
  readonly kind: 'change' | 'replace'
  readonly values: readonly WireStateValue[]
}

/** `~state` */
export interface WireState extends WireStateUpdate {
  readonly room: number
}

/** One user in a room, with a meta for each of the user's connections. */
export interface WireMember {
  readonly id: string
  readonly user: unknown
  readonly metas: readonly { readonly id: string; readonly state: unknown }[]
}

export interface WirePresenceUpdate {
  /** `replace`: these are all that the client is told of; `count` may be larger. */
  readonly kind: 'change' | 'replace'
  /** Users in the room. */
  readonly count: number
  /** Users that came or changed. */
  readonly members: readonly WireMember[]
  /** Ids of users that left. */
  readonly left?: readonly string[]
}

/** `~presence`, server to client. A client sends `{ room, state }` under the same name. */
export interface WirePresence extends WirePresenceUpdate {
  readonly room: number
}

/** `~kick`: the client is no longer in the room and shall not join again by itself. */
export interface WireKick {
  readonly room: number
  readonly error: WireError
}

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

/** The second argument of a single event, which clients without frames get. */
export interface WireSingle {
  readonly room: number
  /** Durable events only. Send it with the next `~join`. */
  readonly position?: Position
  readonly at?: number
  readonly from?: string | null
  readonly key?: string | null
}
