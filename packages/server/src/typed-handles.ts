import type {
  Contract,
  EventInput,
  EventName,
  EventOutput,
  EventsOf,
  MemberEventName,
  Position,
  QuestionsOf,
  RequestInput,
  ParsedRequestOutput,
  SeriesField,
  SeriesKey,
  SeriesName,
  SeriesOf,
  StatePosition,
} from '@millrace/contract'
import type { Subscription } from './ports/event-log.ts'
import type { HeardMeta } from './room/hear.ts'
import type { RoomStorage } from './room/room-storage.ts'

/** What a publish gives back, by the event's delivery. */
export type Published<E> = E extends { readonly delivery: 'durable' }
  ? {
      readonly position: Position
      /** The store's wall clock, ms since 1970. */
      readonly at: number
      /** True: the key was known, and nothing was published. */
      readonly duplicate: boolean
      /** `stored`: in the memory of the store. `fsynced`: on its disk. */
      readonly ack: 'stored' | 'fsynced'
    }
  : E extends { readonly delivery: 'latest' }
    ? { readonly position: StatePosition }
    : Record<never, never>

type LatestName<R> = {
  [N in EventName<R>]: EventsOf<R>[N] extends { readonly delivery: 'latest' } ? N : never
}[EventName<R>]

export interface PublishOptions {
  /** Makes a durable publish idempotent for 5 minutes. In a handler it defaults to a key derived from the request's. */
  readonly key?: string | undefined
}

/** Which members a kick removes; each field narrows. */
export interface KickTarget {
  readonly userId?: string
  readonly connectionId?: string
}

/** One series of one room. */
export interface TypedSeriesHandle<S> {
  /**
   * Stores one number of each field that is given. Appends of one tick travel to the store together.
   *
   * @param at Whole ms since 1970: not before the newest of the key, at most 60 s after the server's clock, and within the retention.
   * @param values Finite; at least one field.
   * @throws MillraceError `INVALID_INPUT`; where only some fields go back in time the others are stored. `OVERLOADED` above
   *   `maxKeys`; `UNAVAILABLE` (nothing was stored) or `OUTCOME_UNKNOWN`: append the same again, which stores nothing twice.
   */
  append(key: SeriesKey<S>, at: number, values: { readonly [F in SeriesField<S>]?: number }): Promise<void>
}

/** One room, from anywhere in the process. It needs no members here, and none at all. */
export interface TypedRoomHandle<R> {
  /** Names the room in the store, and the Socket.IO room that its members are in: `server.io.of(namespace).to(room.key)`. */
  readonly key: string
  /** What the contract says of it. */
  readonly entry: R
  /**
   * Publishes to every member on every node.
   *
   * @throws MillraceError `INVALID_INPUT`, `PAYLOAD_TOO_LARGE`, `UNAVAILABLE` (nothing happened) or `OUTCOME_UNKNOWN`.
   */
  publish<N extends EventName<R>>(
    name: N,
    payload: EventInput<EventsOf<R>[N]>,
    options?: PublishOptions,
  ): Promise<Published<EventsOf<R>[N]>>
  /** Removes one key of a `latest` event. */
  remove<N extends LatestName<R>>(name: N, key: string): Promise<void>
  /**
   * Listens to what members of any node send to the server: events that are declared with `to: 'server'`. At most once each.
   *
   * @returns Close it to hear no more. Rejects with `INVALID_INPUT` for other events, `UNAVAILABLE` where the store is closed.
   */
  hear<N extends MemberEventName<R>>(
    name: N,
    listener: (payload: EventOutput<EventsOf<R>[N]>, meta: HeardMeta) => void,
  ): Promise<Subscription>
  /** Numbers over time. */
  series<N extends SeriesName<R>>(name: N): TypedSeriesHandle<SeriesOf<R>[N]>
  readonly storage: RoomStorage
  /** Of the node or publisher that gave the handle: the same object for all of its handles, to keep things by. */
  readonly node: object
  /** Takes members out of the room, on every node, at the next flush. They are told and do not come back by themselves. */
  kick(target: KickTarget, message?: string): void
}

export interface TypedConnectionHandle<C extends Contract, User> {
  readonly id: string
  readonly user: User
  /** The client's IP address; behind a proxy only with `trustProxy`. */
  readonly address: string
  readonly signal: AbortSignal
  emit<N extends EventName<C>>(name: N, payload: EventInput<EventsOf<C>[N]>): Promise<void>
  ask<N extends keyof QuestionsOf<C> & string>(
    name: N,
    input: RequestInput<QuestionsOf<C>[N]>,
    options?: { readonly timeoutMs?: number },
  ): Promise<ParsedRequestOutput<QuestionsOf<C>[N]>>
  /**
   * Resolves once the connection takes an answer: at once, unless it is slow. Await it before something large is read for it, which
   * would wait in memory. Resolves also where the connection has ended; see `signal`.
   */
  taken(): Promise<void>
  close(): void
}
