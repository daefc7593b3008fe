import type { Subscription } from '../ports/event-log.ts'
import type { Presence, PresenceListener, PresenceMeta } from '../ports/presence.ts'
import { Fanouts } from './fanouts.ts'
import type { Opening } from './opening.ts'

type Change = { readonly entered: PresenceMeta } | { readonly left: Pick<PresenceMeta, 'userId' | 'metaId'> }

interface Present {
  readonly meta: PresenceMeta
  readonly opening: Opening
}

/** Who is where, shared by the nodes of this process. */
export class PresenceData {
  readonly subscribers = new Fanouts<Change>()
  readonly rooms = new Map<string, Map<string, Present>>()
}

export class MemoryPresence implements Presence {
  readonly #data: PresenceData
  readonly #opening: Opening

  constructor(data: PresenceData, opening: Opening) {
    this.#data = data
    this.#opening = opening
  }

  async enter(room: string, meta: PresenceMeta): Promise<void> {
    this.#opening.assertOpen()
    let present = this.#data.rooms.get(room)
    if (present === undefined) this.#data.rooms.set(room, (present = new Map()))
    present.set(entryKey(meta), { meta, opening: this.#opening })
    this.#data.subscribers.send(room, { entered: meta })
  }

  async leave(room: string, meta: Pick<PresenceMeta, 'userId' | 'metaId' | 'owner'>): Promise<void> {
    this.#opening.assertOpen()
    const present = this.#data.rooms.get(room)?.get(entryKey(meta))
    if (present?.meta.owner === meta.owner) this.#remove(room, present.meta)
  }

  async list(room: string): Promise<readonly PresenceMeta[]> {
    this.#opening.assertOpen()
    return Array.from(this.#data.rooms.get(room)?.values() ?? [], ({ meta }) => meta)
  }

  async subscribe(room: string, listener: PresenceListener): Promise<Subscription> {
    return this.#opening.subscribe(this.#data.subscribers, room, (change) => {
      if ('entered' in change) listener.entered(change.entered)
      else listener.left(change.left.userId, change.left.metaId)
    })
  }

  /** Takes away what this node entered and no other took over, as the lease of a dead node does. */
  removeOwn(): void {
    for (const [room, present] of this.#data.rooms) {
      for (const { meta, opening } of present.values()) if (opening === this.#opening) this.#remove(room, meta)
    }
  }

  #remove(room: string, meta: PresenceMeta): void {
    const present = this.#data.rooms.get(room)
    present?.delete(entryKey(meta))
    if (present?.size === 0) this.#data.rooms.delete(room)
    this.#data.subscribers.send(room, { left: meta })
  }
}

function entryKey({ userId, metaId }: Pick<PresenceMeta, 'userId' | 'metaId'>): string {
  return `${userId.length} ${userId}${metaId}`
}
