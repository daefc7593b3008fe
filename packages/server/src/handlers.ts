import type {
  Contract,
  HasPresence,
  InputOf,
  ParamsOutput,
  ParsedRequestInput,
  PresenceStateOutput,
  PresenceUserInput,
  RequestErrors,
  RequestOutput,
  RequestsOf,
  RoomsOf,
  Schema,
  SnapshotInput,
} from '@millrace/contract'
import type { Middleware } from './pipeline/middleware.ts'
import type { Maybe } from './maybe.ts'
import type { RoomFollower } from './room/room-following.ts'
import type { TypedConnectionHandle, TypedRoomHandle } from './typed-handles.ts'

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
