import type {
  EventEntry,
  EventInput,
  EventName,
  EventOutput,
  EventsOf,
  GapReason,
  GapSpan,
  HasPresence,
  MemberEventName,
  MillraceError,
  ParsedRequestOutput,
  Position,
  PresenceStateInput,
  PresenceStateOutput,
  PresenceUserOutput,
  RequestFailure,
  RequestInput,
  RequestName,
  RequestsOf,
  SeriesName,
  SeriesOf,
  SnapshotOutput,
} from '@millrace/contract'
import type { CallOptions } from './call.ts'
import type { Off } from './listeners.ts'
import type { Member } from './room-presence.ts'
import type { Published } from './publish.ts'
import type { HistoryQuery } from './read-history.ts'
import type { RoomSeriesClient } from './series/series-client.ts'

export interface DurableMeta {
  readonly position: Position
  /** The publisher's key. */
  readonly key: string | null
  /** The publisher's user id; null for the server itself. */
  readonly from: string | null
  /** The store's clock, ms since 1970. */
  readonly at: number
  /** True: it was in the room's history when the join, or the join after a reconnect, was answered. */
  readonly replayed: boolean
}

export interface LatestMeta {
  /** What tells values of this event apart. */
  readonly key: string
}

export interface VolatileMeta {
  readonly from: string | null
  /** The node's clock, ms since 1970. */
  readonly at: number
}

type Delivered<E> = E extends { readonly delivery: infer D } ? D : never
export type MetaOf<E> =
  Delivered<E> extends 'durable' ? DurableMeta : Delivered<E> extends 'latest' ? LatestMeta : VolatileMeta

/** Events between `from` and `to` will not come; the snapshot, where the room has one, is the truth at `to` or later. */
export interface RoomGap<R> extends GapSpan {
  readonly snapshot: SnapshotOutput<R> | undefined
}

/** The client is in the room again after a reconnect. `recovered`: nothing was lost. */
export interface Rejoined<R> {
  readonly recovered: boolean
  readonly snapshot: SnapshotOutput<R> | undefined
}

export interface RemovedValue<R> {
  readonly name: LatestEventName<R>
  readonly key: string
}

export type LatestEventName<R> = {
  [N in EventName<R>]: Delivered<EventsOf<R>[N]> extends 'latest' ? N : never
}[EventName<R>]
export type DurableEventName<R> = {
  [N in EventName<R>]: Delivered<EventsOf<R>[N]> extends 'durable' ? N : never
}[EventName<R>]

/** What `on` takes: the events of the contract, and what happens to the membership itself. */
export type RoomListeners<R> = {
  readonly [N in EventName<R>]: (payload: EventOutput<EventsOf<R>[N]>, meta: MetaOf<EventsOf<R>[N]>) => unknown
} & {
  readonly gap: (gap: RoomGap<R>) => unknown
  readonly joined: (again: Rejoined<R>) => unknown
  /** The server removed this client, or refused to have it back; `join()` may be called again. */
  readonly kicked: (error: MillraceError) => unknown
  /** A value of a `latest` event is gone. */
  readonly removed: (value: RemovedValue<R>) => unknown
}

type JoinArguments<R> = HasPresence<R> extends true ? [options: { readonly presence: PresenceStateInput<R> }] : []

type PublishAnswer<E> =
  Delivered<E> extends 'durable' ? Promise<Published> : Delivered<E> extends 'latest' ? Promise<void> : void

/** A durable event of the past. */
export type PastEventOf<R> = {
  [N in DurableEventName<R>]: Omit<DurableMeta, 'replayed'> & {
    readonly name: N
    readonly payload: EventOutput<EventsOf<R>[N]>
  }
}[DurableEventName<R>]

export interface HistoryPage<R> {
  /** In ascending order, whatever the direction. */
  readonly events: readonly PastEventOf<R>[]
  /** Of the first and the last entry, for the next query; undefined where the page is empty. */
  readonly from: Position | undefined
  readonly to: Position | undefined
  /** Whether there are more in this direction. */
  readonly more: boolean
  /** Set: the position asked for is not part of the history any more, and the page is empty. */
  readonly gap: GapReason | undefined
}

export interface PresenceChange<R> {
  /** Users who came or changed. */
  readonly changed: readonly MemberOf<R>[]
  /** Ids of users who left. */
  readonly left: readonly string[]
  readonly count: number
}

export type MemberOf<R> = Member<PresenceUserOutput<R>, PresenceStateOutput<R>>

export interface RoomPresenceClient<R> {
  /** Users in the room; larger than the list where the room is so large that the server tells only some. */
  readonly count: number
  members(): readonly MemberOf<R>[]
  on(listener: (change: PresenceChange<R>) => unknown): Off
  /** Changes what this client says of itself, now and with every join to come. */
  set(state: PresenceStateInput<R>): Promise<void>
}

export interface RoomClient<R> {
  on<N extends keyof RoomListeners<R>>(name: N, listener: RoomListeners<R>[N]): Off
  /**
   * Joins, and joins again after every reconnect until `leave()`. A call while joined gives the first one's answer.
   * It waits for a connection as long as it takes. Rejects with a MillraceError where the server refuses, where the client
   * gives up, and with `leave()`; then the client is not in the room.
   */
  join(...options: JoinArguments<R>): Promise<{ readonly snapshot: SnapshotOutput<R>; readonly recovered: boolean }>
  /** From here on no listener is called. Resolves when the server knows. */
  leave(): Promise<void>
  /** Waits for the join. Rejects with a MillraceError, `DISCONNECTED` where `join()` was not called. */
  request<N extends RequestName<R>>(
    name: N,
    input: RequestInput<RequestsOf<R>[N]>,
    options?: CallOptions,
  ): Promise<ParsedRequestOutput<RequestsOf<R>[N]>>
  tryRequest<N extends RequestName<R>>(
    name: N,
    input: RequestInput<RequestsOf<R>[N]>,
    options?: CallOptions,
  ): Promise<RequestOutcome<RequestsOf<R>[N]>>
  /** Events that members may publish. A `volatile` one is sent if the client is in the room, and nobody knows more. */
  publish<N extends MemberEventName<R>>(
    name: N,
    payload: EventInput<EventsOf<R>[N]>,
    ...options: PublishArguments<EventsOf<R>[N]>
  ): PublishAnswer<EventsOf<R>[N]>
  /** One page of the room's past; without a position the newest. */
  history(query?: HistoryQuery & Pick<CallOptions, 'timeoutMs' | 'signal'>): Promise<HistoryPage<R>>
  /** The newest value per key. The same map always, which changes as values arrive. */
  state<N extends LatestEventName<R>>(name: N): ReadonlyMap<string, EventOutput<EventsOf<R>[N]>>
  /** Numbers over time, to be charted. */
  series<N extends SeriesName<R>>(name: N): RoomSeriesClient<SeriesOf<R>[N]>
  readonly presence: HasPresence<R> extends true ? RoomPresenceClient<R> : undefined
}

type PublishArguments<E> = E extends EventEntry & { readonly delivery: 'volatile' } ? [] : [options?: CallOptions]

/** What `tryRequest` resolves with; `error.code` tells the declared errors apart. */
export type RequestOutcome<E> =
  | { readonly ok: true; readonly data: ParsedRequestOutput<E> }
  | { readonly ok: false; readonly error: RequestFailure<E> }
