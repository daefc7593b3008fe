import { fail } from '@millrace/contract'
import { Fanouts, type Presence, type PresenceListener, type PresenceMeta, type Subscription } from '@millrace/server'
import { digestOf } from './key-names.ts'
import type { LiveRooms } from './live-rooms.ts'
import { addRoom } from './lua/lease-scripts.ts'
import { enterRoom, leaveRoom } from './lua/presence-scripts.ts'
import type { NodeLease } from './node-lease.ts'
import { decodePresenceChange, decodePresent, encodeMeta, presencePlace, type PresenceChange } from './presence-text.ts'
import { presenceKeys } from './reaper.ts'
import type { StoreParts } from './store-parts.ts'

/** Entries belong to an incarnation of this node; when its lease lapses, the reaper of any node removes them. */
export class RedisPresence implements Presence {
  readonly #parts: StoreParts
  readonly #live: LiveRooms
  readonly #lease: NodeLease
  readonly #subscribers = new Fanouts<PresenceChange>()
  /** What this node entered, to enter it again under its next name. */
  readonly #own = new Map<string, Map<string, PresenceMeta>>()
  /** Rooms that Redis knows this incarnation to be in. */
  #known = new Set<string>()

  constructor(parts: StoreParts, live: LiveRooms, lease: NodeLease) {
    this.#parts = parts
    this.#live = live
    this.#lease = lease
    live.on('n', (room, body) => {
      const change = decodePresenceChange(body)
      if (change !== undefined) this.#subscribers.send(room, change)
      return change !== undefined
    })
    lease.onLapsed(() => this.#enterAgain())
  }

  async enter(room: string, meta: PresenceMeta): Promise<void> {
    this.#parts.opening.assertOpen()
    let present = this.#own.get(room)
    if (present === undefined) this.#own.set(room, (present = new Map()))
    present.set(presencePlace(meta), meta)
    try {
      await this.#enter(room, meta)
    } catch (error) {
      // Its caller believes that it is not there.
      if (present.get(presencePlace(meta)) === meta) present.delete(presencePlace(meta))
      throw error
    }
  }

  async #enter(room: string, meta: PresenceMeta): Promise<void> {
    if (await this.#write(room, meta, 'in any case')) return
    // The lease lapsed; another incarnation enters everything again, this entry included.
    await this.#lease.renew()
    if (await this.#write(room, meta, 'in any case')) return
    throw fail('UNAVAILABLE', 'this node lost its lease in Redis twice; retry later')
  }

  async leave(room: string, meta: Pick<PresenceMeta, 'userId' | 'metaId' | 'owner'>): Promise<void> {
    this.#parts.opening.assertOpen()
    const { names, commands } = this.#parts
    const place = presencePlace(meta)
    const present = this.#own.get(room)
    if (present?.get(place)?.owner === meta.owner) present.delete(place)
    if (present?.size === 0) this.#own.delete(room)
    const keys = [names.room(room, 'present'), names.live(room)]
    await commands.run(leaveRoom, keys, [place, digestOf(meta.owner)], 'repeatable')
    if (!this.#own.has(room) && this.#known.delete(room)) {
      const rooms = names.node(this.#lease.node, 'rooms')
      await commands.call('srem', [rooms, room], 'repeatable')
    }
  }

  async list(room: string): Promise<readonly PresenceMeta[]> {
    this.#parts.opening.assertOpen()
    const { names, commands, skips } = this.#parts
    const values = await commands.call('hvals', [names.room(room, 'present')], 'read')
    return (Array.isArray(values) ? values : []).flatMap((value) => {
      const meta = decodePresent(String(value))
      if (meta === undefined) skips.add()
      return meta ?? []
    })
  }

  async subscribe(room: string, listener: PresenceListener): Promise<Subscription> {
    return this.#live.subscribe(this.#subscribers, room, (change) => {
      if ('entered' in change) listener.entered(change.entered)
      else listener.left(change.left.userId, change.left.metaId)
    })
  }

  /** @returns False where this incarnation has ended. */
  async #write(room: string, meta: PresenceMeta, when: 'in any case' | 'unless taken over'): Promise<boolean> {
    const { names, commands } = this.#parts
    const { node } = this.#lease
    if (!this.#known.has(room)) {
      // First, so that the reaper knows where to look, whenever this node dies.
      const keys = [names.node(node, 'lease'), names.node(node, 'rooms')]
      if ((await commands.run(addRoom, keys, [room], 'repeatable')) !== 1) return false
      this.#known.add(room)
    }
    const args = [presencePlace(meta), node, digestOf(meta.owner), encodeMeta(meta), when === 'in any case' ? '0' : '1']
    return (await commands.run(enterRoom, presenceKeys(names, room, node), args, 'repeatable')) === 1
  }

  async #enterAgain(): Promise<void> {
    this.#known = new Set()
    for (const [room, present] of this.#own) {
      for (const meta of present.values()) await this.#write(room, meta, 'unless taken over')
    }
  }
}
