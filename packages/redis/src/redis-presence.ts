import { fail } from '@millrace/contract'
import { Fanouts, type Presence, type PresenceListener, type PresenceMeta, type Subscription } from '@millrace/server'
import { eachAtOnce } from './each-at-once.ts'
import { digestOf } from './key-names.ts'
import { HeardTails, type Suspect } from './heard-tails.ts'
import { KnownRooms } from './known-rooms.ts'
import type { LiveRooms } from './live-rooms.ts'
import { enterRoom, leaveRoom, listRoom } from './lua/presence-scripts.ts'
import { Missed, missedBy } from './missed.ts'
import type { NodeLease } from './node-lease.ts'
import { OwedAbsences } from './owed-absences.ts'
import { OwnEntries } from './own-entries.ts'
import {
  decodePresenceMessage,
  decodePresent,
  encodeMeta,
  heldBy,
  presencePlace,
  type PresenceChange,
  type PresenceMessage,
} from './presence-text.ts'
import { presenceKeys } from './reaper.ts'
import type { StoreParts } from './store-parts.ts'

/** Entries that are entered again at a time: the next lease must not lapse meanwhile. */
const width = 100

/** Entries belong to an incarnation of this node; when its lease lapses, the reaper of any node removes them. */
export class RedisPresence implements Presence {
  readonly #parts: StoreParts
  readonly #live: LiveRooms
  readonly #lease: NodeLease
  readonly #onError: (error: unknown) => void
  readonly #subscribers = new Fanouts<PresenceChange | Missed>()
  /** The id of the last change. */
  readonly #heard = new HeardTails<string>({
    listeners: this.#subscribers,
    tails: (rooms) => Promise.all(rooms.map((room) => this.#tail(room))),
    isSame: (a, b) => a === b,
    repair: async (room) => {
      await this.#correct(room)
      await missedBy(this.#subscribers, room)
    },
  })
  /** What this node entered, to enter it again under its next name. */
  readonly #own = new OwnEntries()
  readonly #owed = new OwedAbsences(async (room, place, owner) => {
    if (!this.#isOwn(room, place, owner)) await this.#leave(room, place, owner)
  })
  readonly #known: KnownRooms

  constructor(parts: StoreParts, live: LiveRooms, lease: NodeLease, onError: (error: unknown) => void) {
    this.#parts = parts
    this.#known = new KnownRooms(parts)
    this.#onError = onError
    this.#live = live
    this.#lease = lease
    live.on('n', (room, body) => {
      const message = decodePresenceMessage(body)
      if (message !== undefined) this.#deliver(room, message)
      return message !== undefined
    })
    lease.onLapsed(() => this.#enterAgain())
  }

  async enter(room: string, meta: PresenceMeta): Promise<void> {
    this.#parts.opening.assertOpen()
    const place = presencePlace(meta)
    const before = this.#own.at(room, place)
    this.#own.set(room, place, meta)
    try {
      await this.#enter(room, meta)
    } catch (error) {
      // Its caller believes that nothing has changed.
      if (this.#own.at(room, place) === meta) this.#own.set(room, place, before)
      if (before?.owner !== meta.owner) this.#owed.add(room, place, digestOf(meta.owner))
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
    const place = presencePlace(meta)
    if (this.#own.at(room, place)?.owner === meta.owner) this.#own.set(room, place, undefined)
    await this.#takeOut(room, place, digestOf(meta.owner))
    if (!this.#own.has(room)) await this.#known.remove(this.#lease.node, room)
  }

  async list(room: string): Promise<readonly PresenceMeta[]> {
    this.#parts.opening.assertOpen()
    return (await this.#values(room)).flatMap((value) => {
      const meta = decodePresent(value)
      if (meta === undefined) this.#parts.skips.add()
      return meta ?? []
    })
  }

  async subscribe(room: string, listener: PresenceListener): Promise<Subscription> {
    const subscription = await this.#live.subscribe(this.#subscribers, room, (change) => {
      if (change instanceof Missed) change.add(listener.missed?.())
      else if ('entered' in change) listener.entered(change.entered)
      else listener.left(change.left.userId, change.left.metaId)
    })
    return this.#heard.watch(room, subscription, this.#tail(room))
  }

  /** Rooms of which fewer changes were heard than made, or in which this node left something. */
  async suspects(): Promise<readonly Suspect[]> {
    return [...(await this.#heard.suspects()), ...this.#owed.suspects()]
  }

  #deliver(room: string, { id, before, change }: PresenceMessage): void {
    if (!this.#subscribers.has(room)) return
    const last = this.#heard.of(room)
    this.#heard.heard(room, id)
    this.#subscribers.send(room, change)
    if (last !== undefined && last !== before) this.#heard.hole(room).catch(this.#onError)
  }

  /** As they stand in the room's hash. */
  async #values(room: string): Promise<readonly string[]> {
    const { names, commands, skips } = this.#parts
    const values = await commands.run(listRoom, [names.room(room, 'present')], [], 'read')
    if (Array.isArray(values)) return values.map(String)
    skips.add()
    return []
  }

  async #tail(room: string): Promise<string> {
    const { names, commands } = this.#parts
    const last = await commands.call('get', [names.room(room, 'present-last')], 'read')
    return typeof last === 'string' ? last : '-'
  }

  /** @returns False where this incarnation has ended. */
  async #write(room: string, meta: PresenceMeta, when: 'in any case' | 'unless taken over'): Promise<boolean> {
    const { names, commands, random } = this.#parts
    const { node } = this.#lease
    // First, so that the reaper knows where to look, whenever this node dies.
    if (!(await this.#known.add(node, room))) return false
    const [place, owner] = [presencePlace(meta), digestOf(meta.owner)]
    const args = [place, node, owner, encodeMeta(meta), when === 'in any case' ? '0' : '1', random.id()]
    const isEntered = (await commands.run(enterRoom, presenceKeys(names, room, node), args, 'repeatable')) === 1
    // It left meanwhile, which may have come to Redis first.
    if (isEntered && !this.#isOwn(room, place, owner)) await this.#takeOut(room, place, owner)
    return isEntered
  }

  #isOwn(room: string, place: string, owner: string): boolean {
    const meta = this.#own.at(room, place)
    return meta !== undefined && digestOf(meta.owner) === owner
  }

  /** A Redis that has lost what was written last holds what this node took out, and lacks what it entered. */
  async #correct(room: string): Promise<void> {
    const held = heldBy(this.#lease.node, await this.#values(room))
    for (const [place, owner] of held) {
      if (this.#isOwn(room, place, owner)) continue
      await this.#takeOut(room, place, owner)
      held.delete(place)
    }
    for (const [place, meta] of this.#own.in(room)) {
      if (held.has(place)) continue
      // What Redis knows of this node's rooms may be as old.
      this.#known.forget(room)
      await this.#write(room, meta, 'unless taken over')
    }
  }

  async #takeOut(room: string, place: string, owner: string): Promise<void> {
    try {
      await this.#leave(room, place, owner)
    } catch (error) {
      this.#owed.add(room, place, owner)
      throw error
    }
  }

  async #leave(room: string, place: string, owner: string): Promise<void> {
    const { names, commands, random } = this.#parts
    await commands.run(leaveRoom, presenceKeys(names, room), [place, owner, random.id()], 'repeatable')
  }

  async #enterAgain(): Promise<void> {
    this.#known.clear()
    const all = this.#own.rooms.flatMap((room) => this.#own.in(room).map(([place, meta]) => ({ room, place, meta })))
    await eachAtOnce(all, width, async ({ room, place, meta }) => {
      if (this.#own.at(room, place) === meta) await this.#write(room, meta, 'unless taken over')
    })
  }
}
