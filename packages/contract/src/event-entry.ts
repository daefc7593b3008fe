import type { InputOf, Schema } from './standard-schema.ts'

/**
 * - `durable`: in the room's event log; ordered, recoverable, no silent loss.
 * - `latest`: the newest value per key; older values may be skipped.
 * - `volatile`: at most once; may be shed.
 */
export type Delivery = 'durable' | 'latest' | 'volatile'

/** Who may publish an event: handlers only, or also the members of the room. */
export type Publishers = 'server' | 'members'

export interface EventEntry<
  S extends Schema = Schema,
  D extends Delivery = Delivery,
  P extends Publishers = Publishers,
> {
  readonly kind: 'event'
  readonly payload: S
  readonly delivery: D
  readonly publish: P
  /** `latest` only: the member of the payload that tells values apart; '' keeps one value for the whole event. */
  readonly key: string
  readonly version: number
  /** `server`: members publish it, and only those who `hear` it on a server get it. Absent: the members get it. */
  readonly to?: 'server'
  /** Bytes; absent: the server's limit for payloads. */
  readonly maxPayloadBytes?: number
}

export interface EventOptions<D extends Delivery, P extends Publishers> {
  /**
   * Default `durable`. The events of a namespace are in no log: they reach the connections that are there, and may be
   * declared `volatile` but not `latest`.
   */
  readonly delivery?: D
  /** Default `server`. `members` exists in rooms only. */
  readonly publish?: P
  /** 1 to 1,000,000, default 1. Raise it when the payload changes incompatibly. */
  readonly version?: number
  /**
   * `server`: what members publish goes to no member but to servers that `hear` it, as the inputs of a game do. For `volatile`
   * events that members publish.
   */
  readonly to?: 'server'
  /**
   * Largest payload that a server publishes, bytes, in place of its `limits.maxPayloadBytes`; at most 4,000,000. What members
   * publish keeps to the server's limit.
   */
  readonly maxPayloadBytes?: number
}

/** Members of the payload that can tell `latest` values apart. */
type KeyMember<T> = { [K in keyof T & string]: T[K] extends string | number ? K : never }[keyof T & string]

type KeyOption<S extends Schema, D extends Delivery> = D extends 'latest'
  ? { readonly key?: KeyMember<InputOf<S>> }
  : { readonly key?: never }

// NoInfer: inside a contract, the expected type would otherwise be taken for D and P where an option is left out.
export function event<S extends Schema, const D extends Delivery = 'durable', const P extends Publishers = 'server'>(
  payload: S,
  options: EventOptions<D, P> & KeyOption<S, D> = {} as never,
): EventEntry<S, NoInfer<D>, NoInfer<P>> {
  return {
    kind: 'event',
    payload,
    delivery: options.delivery ?? ('durable' as D),
    publish: options.publish ?? ('server' as P),
    key: options.key ?? '',
    version: options.version ?? 1,
    ...(options.to === undefined ? {} : { to: options.to }),
    ...(options.maxPayloadBytes === undefined ? {} : { maxPayloadBytes: options.maxPayloadBytes }),
  }
}
