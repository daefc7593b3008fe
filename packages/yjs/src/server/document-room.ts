import type { Clock, Contract, PresenceStateOutput, PresenceUserInput, Random } from '@millrace/contract'
import type { Middleware, RoomContext, RoomFollower, RoomHandlers, TypedRoomHandle } from '@millrace/server'
import { systemClock, systemRandom } from '@millrace/server/core'
import type { DocumentEntry } from '../contract/document.ts'
import { enterDocument, forgetDocument, mustFindDocument } from './documents.ts'
import { documentRequests } from './document-requests.ts'
import { defaultPlan, LiveDocument, type DocumentPlan } from './live-document.ts'
import type { Permission } from './seats.ts'

type Maybe<T> = T | Promise<T>

export interface DocumentRoomOptions<C extends Contract, R, User> {
  /**
   * What a user may do with the document; false: not even see it. Asked at every join, and kept until the connection leaves: to
   * change it, `kick` the user, whose client then joins again.
   */
  readonly authorize: (context: RoomContext<C, R, User>) => Maybe<Permission | false>
  /** What others see of a user: name, colour. Default: the user itself, as the contract's schema reads it. */
  readonly presence?: (context: Pick<RoomContext<C, R, User>, 'params' | 'user'>) => Maybe<PresenceUserInput<R>>
  readonly onJoin?: (context: RoomContext<C, R, User>) => Maybe<void>
  readonly onLeave?: (context: RoomContext<C, R, User>) => Maybe<void>
  /** The last member on this node left. */
  readonly onEmpty?: (context: Pick<RoomContext<C, R, User>, 'params' | 'room'>) => Maybe<void>
  /** Asked before anybody sees what a client says of itself. */
  readonly acceptPresence?: (
    context: RoomContext<C, R, User> & { readonly state: PresenceStateOutput<R> },
  ) => Maybe<void>
  readonly use?: readonly Middleware[]
  readonly plan?: Partial<DocumentPlan>
  /** For tests. Default: those of the process. */
  readonly clock?: Clock
  readonly random?: Random
}

/** The handlers of a room whose entry `document(...)` made: the server keeps the document and lets nothing in that would harm it. */
export function documentRoom<C extends Contract, R, User extends { readonly id: string }>(
  options: DocumentRoomOptions<C, R, User>,
): RoomHandlers<C, R, User> {
  const { authorize, acceptPresence, plan, clock = systemClock, random = systemRandom, ...hooks } = options
  // Of connections that join: who may is asked before the document is opened.
  const granted = new WeakMap<AbortSignal, Map<string, Permission>>()
  const handlers = {
    ...hooks,
    authorize: async (context: RoomContext<C, DocumentEntry, User>) => {
      const permission = await authorize(context as unknown as RoomContext<C, R, User>)
      if (permission !== 'write' && permission !== 'read') return false
      const { signal } = context.connection
      const ofRooms = granted.get(signal) ?? new Map<string, Permission>()
      granted.set(signal, ofRooms.set(context.room.key, permission))
      return true
    },
    acceptPresence: async (
      context: RoomContext<C, DocumentEntry, User> & { readonly state: PresenceStateOutput<DocumentEntry> },
    ) => {
      const { seats, owners } = mustFindDocument(context.room)
      const { signal } = context.connection
      const permission = granted.get(signal)?.get(context.room.key)
      if (permission) seats.seat(signal, permission)
      granted.get(signal)?.delete(context.room.key)
      // Or one could show a cursor under another's id, and hide theirs.
      await owners.claim(context.user.id, [context.state.clientId])
      await acceptPresence?.(context as never)
    },
    follow: ({ room }: { readonly room: TypedRoomHandle<DocumentEntry> }): RoomFollower => {
      const document = new LiveDocument({
        room,
        plan: { ...defaultPlan, ...plan },
        clock,
        random,
      })
      enterDocument(room, document)
      return {
        open: () => document.open.open(),
        entries: (entries) => document.open.entries(entries),
        replaced: () => document.open.replaced(),
        close: async () => {
          forgetDocument(room, document)
          await document.open.close()
        },
      }
    },
    requests: documentRequests,
  }
  return handlers as unknown as RoomHandlers<C, R, User>
}
