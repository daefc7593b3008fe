import type { WireMember, WirePresenceUpdate } from '@millrace/contract'
import { packet, type Packet } from '../connection/packet.ts'
import type { Node } from '../node.ts'
import type { Subscription } from '../ports/event-log.ts'
import type { PresenceMeta } from '../ports/presence.ts'

/** Users that a client is told of by name. A larger room tells the count and a sample. */
const maxListed = 200

interface Present {
  user: string
  readonly metas: Map<string, string>
}

/** A node's copy of who is in one room, and the changes that wait for the next flush. */
export class RoomPresence {
  readonly #node: Node
  readonly #room: string
  readonly #onPending: () => void
  readonly #users = new Map<string, Present>()
  #changed = new Set<string>()
  /** Whether members were last told of everyone by name. */
  #wasListed = true
  #subscription: Subscription | undefined
  /** Changes that came while the list is read. */
  #early: (() => void)[] | undefined = []
  #listing: Promise<void> | undefined
  #isListDue = false
  #isClosed = false

  constructor(node: Node, room: string, onPending: () => void) {
    this.#node = node
    this.#room = room
    this.#onPending = onPending
  }

  async open(): Promise<void> {
    const subscription = await this.#node.store.presence.subscribe(this.#room, {
      entered: (meta) => this.#whenOpen(() => this.#entered(meta)),
      left: (userId, metaId) => this.#whenOpen(() => this.#left(userId, metaId)),
      missed: () => this.#listAgain(),
    })
    this.#subscription = subscription
    if (this.#isClosed) return subscription.close()
    await this.#listAgain()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#subscription?.close()
  }

  /** Lists everyone, once however often it is called meanwhile, and tells the differences. */
  #listAgain(): Promise<void> {
    this.#isListDue = true
    this.#listing ??= this.#listWhileDue().finally(() => (this.#listing = undefined))
    return this.#listing
  }

  async #listWhileDue(): Promise<void> {
    while (this.#isListDue && !this.#isClosed) {
      this.#isListDue = false
      this.#early ??= []
      try {
        this.#replace(await this.#node.store.presence.list(this.#room))
      } finally {
        const early = this.#early
        this.#early = undefined
        for (const change of early) change()
      }
    }
  }

  #replace(metas: readonly PresenceMeta[]): void {
    const listed = new Map<string, Set<string>>()
    for (const meta of metas) {
      const metaIds = listed.get(meta.userId) ?? new Set()
      listed.set(meta.userId, metaIds.add(meta.metaId))
      this.#entered(meta)
    }
    for (const [userId, { metas: known }] of this.#users) {
      for (const metaId of known.keys()) if (!listed.get(userId)?.has(metaId)) this.#left(userId, metaId)
    }
  }

  /** What comes while the list is read is newer than the list, and repeating what is in it does no harm. */
  #whenOpen(change: () => void): void {
    if (this.#early) this.#early.push(change)
    else change()
  }

  /** Everyone, for a joiner. */
  everyone(): WirePresenceUpdate {
    const members: WireMember[] = []
    for (const id of this.#users.keys()) {
      if (members.length === maxListed) break
      members.push(this.#member(id))
    }
    return { kind: 'replace', count: this.#users.size, members }
  }

  get hasPending(): boolean {
    return this.#changed.size > 0
  }

  /** The users that changed since the last call as one `~presence`; undefined where none did. */
  takePending(handle: number): Packet | undefined {
    if (this.#changed.size === 0) return undefined
    const changed = [...this.#changed]
    this.#changed = new Set()
    const isListed = this.#users.size <= maxListed
    const isListedAgain = isListed && !this.#wasListed
    this.#wasListed = isListed
    if (isListedAgain) return packet('~presence', { room: handle, ...this.everyone() })
    const members = isListed ? changed.filter((id) => this.#users.has(id)).map((id) => this.#member(id)) : []
    const left = changed.filter((id) => !this.#users.has(id))
    const update: WirePresenceUpdate = {
      kind: 'change',
      count: this.#users.size,
      members,
      ...(left.length > 0 ? { left } : {}),
    }
    return packet('~presence', { room: handle, ...update })
  }

  #entered(meta: PresenceMeta): void {
    const present = this.#users.get(meta.userId) ?? { user: meta.user, metas: new Map<string, string>() }
    const isKnown = present.user === meta.user && present.metas.get(meta.metaId) === meta.state
    present.user = meta.user
    present.metas.set(meta.metaId, meta.state)
    this.#users.set(meta.userId, present)
    if (!isKnown) this.#mark(meta.userId)
  }

  #left(userId: string, metaId: string): void {
    const present = this.#users.get(userId)
    if (!present?.metas.delete(metaId)) return
    if (present.metas.size === 0) this.#users.delete(userId)
    this.#mark(userId)
  }

  #mark(userId: string): void {
    this.#changed.add(userId)
    this.#onPending()
  }

  #member(id: string): WireMember {
    const present = this.#users.get(id)
    const metas = [...(present?.metas ?? [])].map(([metaId, state]) => ({
      id: metaId,
      state: JSON.parse(state) as unknown,
    }))
    return { id, user: JSON.parse(present?.user ?? 'null') as unknown, metas }
  }
}
