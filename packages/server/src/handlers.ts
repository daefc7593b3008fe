import type {
  Contract,
  EventInput,
  EventName,
  EventOutput,
  EventsOf,
  HasPresence,
  InputOf,
  MemberEventName,
  ParamsOutput,
  ParsedRequestInput,
  PresenceStateOutput,
  PresenceUserInput,
  Position,
  QuestionsOf,
  RequestErrors,
  RequestInput,
  ParsedRequestOutput,
  RequestOutput,
  RequestsOf,
  RoomsOf,
  Schema,
  SeriesField,
  SeriesKey,
  SeriesName,
  SeriesOf,
  SnapshotInput,
  StatePosition,
} from '@millrace/contract'
import type { Middleware } from './pipeline/middleware.ts'
import type { Maybe } from './maybe.ts'
import type { Blob, BlobInfo, BlobWrite, BlobWritten } from './ports/blobs.ts'
import type { Entry, LogGap, LogPage, LogQuery, Subscription } from './ports/event-log.ts'
import type { HeardMeta } from './room/hear.ts'

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

/** What the store keeps of a room, beneath its events: for kinds of rooms that are built on it. */
export interface RoomStorage {
  /** The newest position of the history. */
  tail(): Promise<Position>
  read(query: LogQuery): Promise<LogPage | LogGap>
  /** Forgets the history up to `through`, itself included. Members that stand before it are told of a gap. */
  trim(through: Position): Promise<void>
  /** Named bytes, kept until they are removed. */
  readonly blobs: {
    list(prefix: string): Promise<readonly BlobInfo[]>
    read(name: string): Promise<Blob | undefined>
    write(write: BlobWrite): Promise<BlobWritten>
    remove(name: string, revision?: string): Promise<boolean>
  }
}

/**
 * What a node makes of the history of a room that has members here. Nothing is called after `close`. What `entries`, `replaced` and
 * `close` throw is reported.
 */
export interface RoomFollower {
  /** Before the first member joins, when the node already hears the log. Where it rejects, the join is refused. */
  open(): Promise<void>
  /** Durable entries in their order, before members get them. What `open` has read may come again; nothing is left out. */
  entries(entries: readonly Entry[]): void
  /** The history is another one now, or a part of it is lost: read it again. */
  replaced(): void
  /** The last member left, `roomLingerMs` ago, or the node closes. */
  close(): Promise<void>
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

interface RequestContextOf<C extends Contract, E, User> {
  readonly name: string
  readonly input: ParsedRequestInput<E>
  readonly user: User
  readonly connection: TypedConnectionHandle<C, User>
  /** The same on every retry; store it with what the handler writes. Undefined only for stock clients that send none. */
  readonly key: string | undefined
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal
  /** Refuses with a declared error. */
  readonly fail: <Code extends keyof RequestErrors<E> & string>(
    code: Code,
    data: ErrorInput<RequestErrors<E>[Code]>,
    message?: string,
  ) => never
}

type ErrorInput<S> = S extends Schema ? InputOf<S> : never

interface RoomRequestContext<C extends Contract, R, E, User> extends RequestContextOf<C, E, User> {
  readonly room: TypedRoomHandle<R>
  readonly params: ParamsOutput<R>
}

export interface RoomContext<C extends Contract, R, User> {
  readonly user: User
  readonly params: ParamsOutput<R>
  readonly connection: TypedConnectionHandle<C, User>
  readonly room: TypedRoomHandle<R>
}

type RequestHandlers<C extends Contract, T, User> = {
  readonly [N in keyof RequestsOf<T>]: (
    context: RequestContextOf<C, RequestsOf<T>[N], User>,
  ) => Maybe<RequestOutput<RequestsOf<T>[N]>>
}

type RoomRequestHandlers<C extends Contract, R, User> = {
  readonly [N in keyof RequestsOf<R>]: (
    context: RoomRequestContext<C, R, RequestsOf<R>[N], User>,
  ) => Maybe<RequestOutput<RequestsOf<R>[N]>>
}

type IfAny<Names, Then> = [Names] extends [never] ? unknown : Then

export type RoomHandlers<C extends Contract, R, User> = {
  /** Asked at every join and recovery. */
  readonly authorize: (context: RoomContext<C, R, User>) => Maybe<boolean>
  readonly onJoin?: (context: RoomContext<C, R, User>) => Maybe<void>
  readonly onLeave?: (context: RoomContext<C, R, User>) => Maybe<void>
  /** The last member on this node left. */
  readonly onEmpty?: (context: Pick<RoomContext<C, R, User>, 'params' | 'room'>) => Maybe<void>
  /** What this node makes of the room's history while it has members here. Called when the node opens the room. */
  readonly follow?: (context: Pick<RoomContext<C, R, User>, 'params' | 'room'>) => RoomFollower
  readonly use?: readonly Middleware[]
} & IfAny<keyof RequestsOf<R>, { readonly requests: RoomRequestHandlers<C, R, User> }> &
  (R extends { readonly snapshot: Schema }
    ? {
        /**
         * The truth at some moment after it is called; the room's position is captured before. It is the same for every
         * member: those who join while it is read share it.
         */
        readonly snapshot: (context: Pick<RoomContext<C, R, User>, 'params'>) => Maybe<SnapshotInput<R>>
      }
    : unknown) &
  (HasPresence<R> extends true
    ? {
        /** What members see of a user. Default: the user itself, as the contract's presence schema reads it. */
        readonly presence?: (context: Pick<RoomContext<C, R, User>, 'params' | 'user'>) => Maybe<PresenceUserInput<R>>
        /** Asked before anybody sees what a client says of itself, at joins and changes; refuses by throwing. */
        readonly acceptPresence?: (
          context: RoomContext<C, R, User> & { readonly state: PresenceStateOutput<R> },
        ) => Maybe<void>
      }
    : unknown)

export type Handlers<C extends Contract, User> = {
  readonly use?: readonly Middleware[]
  readonly onConnect?: (context: {
    readonly connection: TypedConnectionHandle<C, User>
    readonly user: User
  }) => Maybe<void>
  readonly onDisconnect?: (context: {
    readonly connection: TypedConnectionHandle<C, User>
    readonly user: User
  }) => Maybe<void>
} & IfAny<keyof RequestsOf<C>, { readonly requests: RequestHandlers<C, C, User> }> &
  IfAny<
    keyof RoomsOf<C>,
    { readonly rooms: { readonly [N in keyof RoomsOf<C>]: RoomHandlers<C, RoomsOf<C>[N], User> } }
  >
