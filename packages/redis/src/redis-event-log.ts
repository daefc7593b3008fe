import { fail, type Position } from '@millrace/contract'
import {
  Fanouts,
  keyWindowMs,
  logFaults,
  metadataMs,
  type Append,
  type Appended,
  type Entry,
  type EventLog,
  type LogFaults,
  type LogGap,
  type LogListener,
  type LogPage,
  type LogQuery,
  type Subscription,
} from '@millrace/server'
import { decodeEntry, entryHead } from './entry-text.ts'
import { digestOf } from './key-names.ts'
import type { HeardTails, Suspect } from './heard-tails.ts'
import type { LiveRooms } from './live-rooms.ts'
import { logRepair } from './log-repair.ts'
import { appendEntry } from './lua/append-entry.ts'
import { openRoom } from './lua/open-room.ts'
import { readEntries } from './lua/read-entries.ts'
import { trimThrough } from './lua/trim-through.ts'
import { finite } from './lua-number.ts'
import { encodePayload } from './payload-text.ts'
import { readPage } from './read-page.ts'
import { redisLogFaults } from './redis-log-faults.ts'
import { bufferList, readNumber, readPosition, textOf } from './replies.ts'
import type { StoreParts } from './store-parts.ts'

export class RedisEventLog implements EventLog {
  readonly ack = 'stored'
  readonly [logFaults]: LogFaults
  readonly #parts: StoreParts
  readonly #live: LiveRooms
  readonly #subscribers = new Fanouts<readonly Entry[]>()
  readonly #heard: HeardTails<Position>

  constructor(parts: StoreParts, live: LiveRooms) {
    this.#parts = parts
    const listeners = this.#subscribers
    this.#heard = logRepair({ log: this, listeners, deliver: (...missed) => this.#deliver(...missed) })
    this.#live = live
    this[logFaults] = redisLogFaults(parts)
    live.on('e', (room, body) => {
      const entry = decodeEntry(body)
      if (entry !== undefined) this.#deliver(room, [entry])
      return entry !== undefined
    })
  }

  async append(room: string, append: Append): Promise<Appended> {
    this.#parts.opening.assertOpen()
    const { names, commands, random } = this.#parts
    const { kind, body } = encodePayload(append.payload)
    const { maxEvents, maxBytes, ttlSeconds } = append.history
    const head = entryHead(append)
    const keys = [...names.log(room), names.live(room)]
    if (append.key !== null) keys.push(names.appendKey(room, head))
    const limits = [finite(maxEvents), finite(maxBytes), finite(ttlSeconds * 1_000)]
    const digest = append.key === null ? '' : digestOf(kind, body)
    const args = [...this.#birth(), random.id(), head, kind, body, ...limits, digest, String(keyWindowMs)]
    const reply = await commands.run(appendEntry, keys, args, append.key === null ? 'once' : 'repeatable')
    const [outcome, epoch, offset, id, at] = bufferList(reply, 1)
    if (textOf(outcome) === 'other')
      throw fail('INVALID_INPUT', 'the key was used with another payload; take a new key')
    return { position: readPosition(epoch, offset, id), at: readNumber(at), duplicate: textOf(outcome) === 'known' }
  }

  async read(room: string, query: LogQuery): Promise<LogPage | LogGap> {
    this.#parts.opening.assertOpen()
    const { names, commands, skips } = this.#parts
    const { direction, position, limit, maxBytes } = query
    const where = position === null ? ['', '', ''] : [position.epoch, finite(position.offset), position.id]
    const args = [...this.#birth(), direction, ...where, finite(limit), finite(maxBytes)]
    const page = readPage(await commands.run(readEntries, names.log(room), args, 'read'), direction)
    if (page.kind !== 'unreadable') return page
    skips.add()
    const top = await this.#open(room, { ending: page.epoch })
    return { kind: 'gap', reason: 'epoch', floor: top, top }
  }

  async tails(rooms: readonly string[]): Promise<readonly Position[]> {
    this.#parts.opening.assertOpen()
    // Sent in one turn, so that they share a packet per connection.
    return Promise.all(rooms.map((room) => this.#open(room)))
  }

  async trim(room: string, { epoch, offset, id }: Position): Promise<void> {
    this.#parts.opening.assertOpen()
    const { names, commands } = this.#parts
    const args = [...this.#birth(), epoch, finite(offset), id]
    const startMs = commands.start()
    let reply: unknown
    do reply = await commands.run(trimThrough, names.log(room), args, 'repeatable', startMs)
    while (String(reply) === 'more')
  }

  async subscribe(room: string, listener: LogListener): Promise<Subscription> {
    const subscription = await this.#live.subscribe(this.#subscribers, room, (entries) => listener.entries(entries))
    return this.#heard.watch(room, subscription, this.#open(room, { touch: true }))
  }

  /** Rooms of which fewer entries were heard than stored. */
  suspects(): Promise<readonly Suspect[]> {
    return this.#heard.suspects()
  }

  /** Keeps the rooms that somebody listens to. */
  async touch(): Promise<void> {
    await Promise.all(this.#subscribers.subjects.map((room) => this.#open(room, { touch: true })))
  }

  #deliver(room: string, entries: readonly Entry[]): void {
    const last = entries.at(-1)
    if (last === undefined || !this.#subscribers.has(room)) return
    this.#heard.heard(room, last)
    this.#subscribers.send(room, entries)
  }

  async #open(room: string, { touch = false, ending = '' } = {}): Promise<Position> {
    const { names, commands } = this.#parts
    const args = [...this.#birth(), touch ? '1' : '0', ending]
    const [epoch, offset, id] = bufferList(await commands.run(openRoom, names.log(room), args, 'read'), 3)
    return readPosition(epoch, offset, id)
  }

  /** What a room without a history starts with. */
  #birth(): string[] {
    return [this.#parts.random.id(), String(metadataMs)]
  }
}
