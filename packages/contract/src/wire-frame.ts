import type { Position } from './position.ts'

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

/** The second argument of a single event, which clients without frames get. */
export interface WireSingle {
  readonly room: number
  /** Durable events only. Send it with the next `~join`. */
  readonly position?: Position
  readonly at?: number
  readonly from?: string | null
  readonly key?: string | null
}
