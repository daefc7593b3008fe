import type { Contract } from '@millrace/contract'
import type { ConnectionHandle } from './connection/connection-handle.ts'
import type { UserLike } from './connection/connection.ts'
import type { Handlers } from './handlers.ts'
import type { RoomFollower } from './room/room-following.ts'
import type { Middleware } from './pipeline/middleware.ts'
import type { RequestContext } from './pipeline/request-context.ts'
import type { RoomHandle } from './room/room-handle.ts'

/** Handlers without their types: what the pipeline calls. Everything that crosses it is parsed at run time. */
export type LooseHandler = (context: RequestContext) => unknown

export interface LooseRoomContext {
  readonly user: UserLike
  readonly params: unknown
  readonly connection: ConnectionHandle
  readonly room: RoomHandle
}

export interface LooseRoomHandlers {
  readonly authorize: (context: LooseRoomContext) => unknown
  readonly snapshot?: (context: Pick<LooseRoomContext, 'params'>) => unknown
  readonly presence?: (context: Pick<LooseRoomContext, 'params' | 'user'>) => unknown
  readonly acceptPresence?: (context: LooseRoomContext & { readonly state: unknown }) => unknown
  readonly onJoin?: (context: LooseRoomContext) => unknown
  readonly onLeave?: (context: LooseRoomContext) => unknown
  readonly onEmpty?: (context: Pick<LooseRoomContext, 'params' | 'room'>) => unknown
  readonly follow?: (context: Pick<LooseRoomContext, 'params' | 'room'>) => RoomFollower
  readonly requests?: Readonly<Record<string, LooseHandler>>
  readonly use?: readonly Middleware[]
}

interface LooseHandlers {
  readonly requests?: Readonly<Record<string, LooseHandler>>
  readonly rooms?: Readonly<Record<string, LooseRoomHandlers>>
  readonly use?: readonly Middleware[]
  readonly onConnect?: (context: { connection: ConnectionHandle; user: UserLike }) => unknown
  readonly onDisconnect?: (context: { connection: ConnectionHandle; user: UserLike }) => unknown
}

/** A contract with its handlers, ready for `server.mount`. `User` is what `authenticate` of that server returns. */
export interface Implementation<User extends UserLike = UserLike> {
  readonly contract: Contract
  readonly handlers: LooseHandlers
  /** Types only. */
  readonly user?: (user: User) => void
}

/** Joins a contract and its handlers; a missing, misnamed or mistyped handler does not compile. */
export function implement<C extends Contract, User extends UserLike>(
  contract: C,
  handlers: Handlers<C, User>,
): Implementation<User> {
  return { contract, handlers: handlers as unknown as LooseHandlers }
}
