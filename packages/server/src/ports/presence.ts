import type { Subscription } from './event-log.ts'

/** One connection of one user in one room. */
export interface PresenceMeta {
  readonly userId: string
  /** The client's own id; stays the same over its reconnects. */
  readonly metaId: string
  /** The connection that owns the entry now. A leave of an earlier owner changes nothing. */
  readonly owner: string
  /** JSON of the public user. */
  readonly user: string
  /** JSON of the presence state. */
  readonly state: string
}

export interface PresenceListener {
  entered(meta: PresenceMeta): void
  left(userId: string, metaId: string): void
  /** Changes were lost on their way: list again. Resolves once that is done; where it rejects it is called again. */
  missed?(): Promise<void>
}

/** Who is in which room, on every node of the cluster. */
export interface Presence {
  /** Adds or replaces the entry of `userId` and `metaId`. */
  enter(room: string, meta: PresenceMeta): Promise<void>
  leave(room: string, meta: Pick<PresenceMeta, 'userId' | 'metaId' | 'owner'>): Promise<void>
  list(room: string): Promise<readonly PresenceMeta[]>
  subscribe(room: string, listener: PresenceListener): Promise<Subscription>
}
