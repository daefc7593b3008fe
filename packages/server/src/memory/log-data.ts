import { fail } from '@millrace/contract'
import type { Append, Appended, Entry } from '../ports/event-log.ts'
import { keyWindowMs } from '../ports/store.ts'
import { Fanouts } from './fanouts.ts'
import { KeyWindow, Remembered } from './key-window.ts'
import { LogRoom } from './log-room.ts'
import type { Surroundings } from './opening.ts'
import { valueDigest } from '../value-digest.ts'

/** A room's epoch and top outlive its history by 30 days (DELIVERY 1), ms. */
export const metadataMs = 30 * 86_400_000

export interface LogLimits {
  readonly maxRooms: number
  readonly maxKeys: number
}

class RememberedAppend extends Remembered<RememberedAppend> {
  readonly room: string
  readonly appended: Appended
  readonly digest: number

  constructor(key: string, expiresAt: number, room: string, appended: Appended, digest: number) {
    super(key, expiresAt)
    this.room = room
    this.appended = appended
    this.digest = digest
  }
}

/** The histories of all rooms, shared by the nodes of this process. */
export class LogData {
  readonly subscribers = new Fanouts<readonly Entry[]>()
  readonly #surroundings: Surroundings
  readonly #limits: LogLimits
  readonly #rooms = new Map<string, LogRoom>()
  readonly #keys: KeyWindow<RememberedAppend>

  constructor(surroundings: Surroundings, limits: LogLimits) {
    this.#surroundings = surroundings
    this.#limits = limits
    this.#keys = new KeyWindow({ windowMs: keyWindowMs, maxKeys: limits.maxKeys })
  }

  room(name: string): LogRoom {
    const known = this.#rooms.get(name)
    if (known !== undefined) return known
    if (this.#rooms.size >= this.#limits.maxRooms) {
      throw fail('OVERLOADED', `the store holds ${this.#limits.maxRooms} rooms; raise maxRooms, or join fewer`)
    }
    const { clock, random } = this.#surroundings
    const room = new LogRoom(random.id(), clock.now() + metadataMs)
    this.#rooms.set(name, room)
    return room
  }

  append(name: string, append: Append): Appended {
    return append.key === null ? this.#store(name, append) : this.#storeOnce(name, append, append.key)
  }

  #storeOnce(name: string, append: Append, key: string): Appended {
    const now = this.#surroundings.clock.monotonic()
    const scope = scopeOf(name, append, key)
    const digest = valueDigest(append.payload)
    const known = this.#keys.get(scope, now)
    if (known === undefined) {
      this.#keys.assertRoom()
      const appended = this.#store(name, append, (first) =>
        this.#keys.add(new RememberedAppend(scope, this.#keys.expiryOf(now), name, first, digest)),
      )
      return appended
    }
    if (known.digest !== digest)
      throw fail('INVALID_INPUT', `the key ${key} was used with another payload; take a new key`)
    return { ...known.appended, duplicate: true }
  }

  /** @param remember Runs before anybody is told, because a listener may append under the same key. */
  #store(name: string, append: Append, remember?: (appended: Appended) => void): Appended {
    const room = this.room(name)
    const { clock, random } = this.#surroundings
    const now = clock.now()
    const payload = typeof append.payload === 'string' ? append.payload : new Uint8Array(append.payload)
    const entry = room.append(random.id(), now, payload === append.payload ? append : { ...append, payload })
    room.trim(append.history, now, metadataMs)
    const appended = { position: { epoch: entry.epoch, offset: entry.offset, id: entry.id }, at: now, duplicate: false }
    remember?.(appended)
    this.subscribers.send(name, [entry])
    return appended
  }

  /** Trims by age what no append trims, and forgets rooms that are long empty and that nobody listens to. */
  sweep(): void {
    const now = this.#surroundings.clock.now()
    for (const [name, room] of this.#rooms) {
      room.trimByAge(now)
      if (room.canForget(now) && !this.subscribers.has(name)) this.#rooms.delete(name)
    }
  }

  rewind(name: string, toOffset: number): void {
    const room = this.room(name)
    room.rewind(toOffset)
    this.#keys.deleteWhere(({ room: other, appended }) => other === name && appended.position.offset > room.top.offset)
  }
}

/** Lengths keep parts apart that hold the separator themselves. */
function scopeOf(room: string, { name, from }: Append, key: string): string {
  return `${room.length} ${name.length} ${from === null ? '-' : from.length} ${room}${name}${from ?? ''}${key}`
}
