import type { InputOf, Schema } from './standard-schema.ts'

/**
 * - `durable`: in the room's event log; ordered, recoverable, no silent loss.
 * - `latest`: the newest value per key; older values may be skipped.
 * - `volatile`: at most once; may be shed.
 */
export type Delivery = 'durable' | 'latest' | 'volatile'

/** Who may publish an event: handlers only, or also the members of the room. */
export type Publishers = 'server' | 'members'

export interface EventEntry<S extends Schema = Schema, D extends Delivery = Delivery, P extends Publishers = Publishers> {
  readonly kind: 'event'
  readonly payload: S
  readonly delivery: D
  readonly publish: P
  /** `latest` only: the member of the payload that tells values apart; '' keeps one value for the whole event. */
  readonly key: string
  readonly version: number
}

export interface EventOptions<D extends Delivery, P extends Publishers> {
  /** Default `durable`. Ignored for the events of a namespace, which reach the connections that are there. */
  readonly delivery?: D
  /** Default `server`. */
  readonly publish?: P
  /** Raise it when the payload changes incompatibly. Default 1. */
  readonly version?: number
}

/** Members of the payload that can tell `latest` values apart. */
type KeyMember<T> = { [K in keyof T & string]: T[K] extends string | number ? K : never }[keyof T & string]

export function event<S extends Schema, const D extends Delivery = 'durable', const P extends Publishers = 'server'>(
  payload: S,
  options: EventOptions<D, P> & (D extends 'latest' ? { readonly key?: KeyMember<InputOf<S>> } : { readonly key?: never }) = {} as never,
): EventEntry<S, D, P> {
  return {
    kind: 'event',
    payload,
    delivery: options.delivery ?? ('durable' as D),
    publish: options.publish ?? ('server' as P),
    key: options.key ?? '',
    version: options.version ?? 1,
  }
}

/** Errors that a request declares, by code: the schema of each one's `data`. */
export type ErrorEntries = Readonly<Record<string, Schema>>

export interface RequestEntry<I extends Schema = Schema, O extends Schema = Schema, E extends ErrorEntries = ErrorEntries> {
  readonly kind: 'request'
  readonly input: I
  readonly output: O
  readonly errors: E
  readonly idempotent: boolean
  readonly parallel: boolean
  readonly version: number
}

export interface RequestOptions<I extends Schema, O extends Schema, E extends ErrorEntries> {
  readonly input: I
  readonly output: O
  readonly errors?: E
  /**
   * The handler may run again with the same key: it finds by the key what it did before. Such requests need no claim in
   * the store and survive the death of a node without `OUTCOME_UNKNOWN`. Default false.
   */
  readonly idempotent?: boolean
  /** One connection's requests to one room run in order; `true` takes this one out of the order. Default false. */
  readonly parallel?: boolean
  /** Raise it when input or output change incompatibly. Default 1. */
  readonly version?: number
}

export function request<I extends Schema, O extends Schema, const E extends ErrorEntries = Record<never, never>>(
  options: RequestOptions<I, O, E>,
): RequestEntry<I, O, E> {
  return {
    kind: 'request',
    input: options.input,
    output: options.output,
    errors: options.errors ?? ({} as E),
    idempotent: options.idempotent ?? false,
    parallel: options.parallel ?? false,
    version: options.version ?? 1,
  }
}

export interface PresenceEntry {
  /** What members see of a user; comes from the server, never from the client. */
  readonly user: Schema
  /** What a client says of itself, for example `{ status: 'away' }`. */
  readonly state: Schema
}

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
  /** The parameters that tell rooms of this kind apart. Without it there is one room. */
  readonly params?: Schema
  readonly presence?: PresenceEntry
  /** What a joiner starts from. */
  readonly snapshot?: Schema
  readonly events?: Readonly<Record<string, EventEntry>>
  readonly requests?: Readonly<Record<string, RequestEntry>>
  readonly history?: Partial<HistoryLimits>
  /** How long events gather before they are sent, ms. 0 (the default): until the end of the tick. */
  readonly flushMs?: number
  /** Default 1. */
  readonly version?: number
}

export type RoomEntry<R extends RoomOptions = RoomOptions> = R & { readonly kind: 'room' }

export function room<const R extends RoomOptions>(options: R): RoomEntry<R> {
  return { ...options, kind: 'room' }
}
