import { fail, parse, roomKey, versionedName, type EventEntry, type RoomEntry } from '@millrace/contract'
import { eventRefusal } from '../event-refusal.ts'
import { isPromise } from '../maybe.ts'
import type { KickTarget } from '../typed-handles.ts'
import type { Namespace, RoomKind } from '../namespace.ts'
import type { Node } from '../node.ts'
import type { Bus } from '../ports/bus.ts'
import type { Payload, Subscription } from '../ports/event-log.ts'
import type { Store } from '../ports/store.ts'
import type { SeriesAppends } from '../series/series-appends.ts'
import { SeriesHandle } from '../series/series-handle.ts'
import type { VolatileEvent } from './encode-entries.ts'
import { hear, heardSubject, type HearListener } from './hear.ts'
import { roomStorage, type RoomStorage } from './room-storage.ts'
import { encodeVolatile, volatileSubject } from './volatile.ts'

/** Who publishes: a handler on behalf of a user, or (by default) the server itself. */
export interface Author {
  readonly from: string
  /** Publishes without a key of their own get one derived from it, so that a retried request repeats nothing. */
  readonly requestKey: string | undefined
}

/** What publishing needs of a node; a publisher has no more. */
export interface Outlet extends Pick<Node, 'id' | 'clock' | 'limits' | 'counters' | 'report'> {
  readonly store: Pick<Store, 'log' | 'state' | 'blobs'> & { readonly bus: Pick<Bus, 'publish' | 'subscribe'> }
  readonly appends: SeriesAppends
  /** Rooms with members here. */
  readonly rooms: { get(key: string): { addVolatile(event: VolatileEvent): void } | undefined }
  readonly users: { kick(room: string, target: KickTarget, message: string): void }
}

/** What publishing needs of a room's kind. */
export interface PublishedKind extends Pick<RoomKind, 'name' | 'entry' | 'events' | 'series' | 'history'> {
  readonly namespace: Pick<Namespace, 'name'>
}

/** One room, from anywhere in the process. The typed face is `TypedRoomHandle`. */
export class RoomHandle {
  readonly #outlet: Outlet
  readonly #kind: PublishedKind
  readonly #key: string
  readonly #author: Author | undefined
  #published = 0

  constructor(outlet: Outlet, kind: PublishedKind, params: unknown, key?: string, author?: Author) {
    this.#outlet = outlet
    this.#kind = kind
    this.#key = key ?? roomKey(kind.namespace.name, kind.name, params)
    this.#author = author
  }

  get key(): string {
    return this.#key
  }

  get entry(): RoomEntry {
    return this.#kind.entry
  }

  get node(): object {
    return this.#outlet
  }

  get storage(): RoomStorage {
    return roomStorage(this.#outlet.store, this.#key)
  }

  async publish(name: string, payload: unknown, options: { readonly key?: string | undefined } = {}): Promise<object> {
    const entry = this.#entry(name)
    const key = options.key ?? this.#derivedKey()
    const parsing = parse(entry.payload, payload, `payload of ${name}`)
    const parsed = isPromise(parsing) ? await parsing : parsing
    if (!parsed.ok) throw parsed.error
    const stored = this.#payload(name, entry, payload)
    const versioned = versionedName(name, entry.version)
    this.#outlet.counters.updatesIn++
    if (entry.delivery === 'durable') return this.#append(versioned, stored, key)
    if (entry.delivery === 'latest') return this.#set(versioned, entry, payload, stored)
    this.#send(versioned, entry, stored)
    return {}
  }

  async remove(name: string, key: string): Promise<void> {
    const entry = this.#entry(name)
    if (entry.delivery !== 'latest')
      throw fail('INVALID_INPUT', `"${name}" is not a latest event; only those can be removed`)
    this.#outlet.counters.updatesIn++
    const value = { name: versionedName(name, entry.version), key, payload: null }
    await this.#outlet.store.state.write(this.#key, value, this.#outlet.limits.maxStateKeys)
  }

  hear(name: string, listener: HearListener): Promise<Subscription> {
    return hear(this.#outlet, this.#key, name, this.#entry(name), listener)
  }

  /** @throws MillraceError `UNKNOWN_EVENT`. */
  series(name: string): SeriesHandle {
    const entry = this.#kind.series.get(name)
    if (entry === undefined) throw fail('UNKNOWN_EVENT', `room "${this.#kind.name}" declares no series "${name}"`)
    return new SeriesHandle(this.#outlet.appends, this.#key, name, entry)
  }

  kick(target: KickTarget, message = 'removed from the room'): void {
    this.#outlet.users.kick(this.#key, target, message)
  }

  #entry(name: string): EventEntry {
    const entry = this.#kind.events.get(name)
    if (entry === undefined) throw fail('UNKNOWN_EVENT', `room "${this.#kind.name}" declares no event "${name}"`)
    return entry
  }

  #payload(name: string, entry: EventEntry, payload: unknown): Payload {
    const refusal = eventRefusal(payload, entry, this.#outlet.limits)
    if (refusal) throw refusal
    if (payload instanceof Uint8Array) return payload
    if (payload instanceof ArrayBuffer) return new Uint8Array(payload)
    const text = JSON.stringify(payload)
    if (text === undefined)
      throw fail('INVALID_INPUT', `the payload of "${name}" is undefined; use null where there is none`)
    return text
  }

  async #append(name: string, payload: Payload, key: string | null): Promise<object> {
    const { log } = this.#outlet.store
    const from = this.#author?.from ?? null
    const append = { name, payload, key, from, history: this.#kind.history }
    const { position, at, duplicate } = await log.append(this.#key, append)
    return { position, at, duplicate, ack: log.ack }
  }

  async #set(name: string, entry: EventEntry, payload: unknown, stored: Payload): Promise<object> {
    const key = entry.key === '' ? '' : String((payload as Record<string, unknown>)[entry.key])
    const position = await this.#outlet.store.state.write(
      this.#key,
      { name, key, payload: stored },
      this.#outlet.limits.maxStateKeys,
    )
    return { position }
  }

  /** To local members in this tick, to other nodes over the bus; what goes to the server only over the bus. */
  #send(name: string, { to }: EventEntry, payload: Payload): void {
    const event = { name, payload, at: this.#outlet.clock.now(), from: this.#author?.from ?? null }
    if (to !== 'server') this.#outlet.rooms.get(this.#key)?.addVolatile(event)
    const subject = to === 'server' ? heardSubject(this.#key) : volatileSubject(this.#key)
    this.#outlet.store.bus.publish(subject, encodeVolatile(event, this.#outlet.id))
  }

  #derivedKey(): string | null {
    const requestKey = this.#author?.requestKey
    return requestKey === undefined ? null : `${requestKey}/${++this.#published}`
  }
}
