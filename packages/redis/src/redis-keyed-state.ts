import { fail, type StatePosition } from '@millrace/contract'
import {
  Fanouts,
  metadataMs,
  type KeyedState,
  type StateChange,
  type StateListener,
  type StateUpdate,
  type StateValue,
  type Subscription,
} from '@millrace/server'
import { HeardTails, type Suspect } from './heard-tails.ts'
import type { LiveRooms } from './live-rooms.ts'
import { finite } from './lua-number.ts'
import { keepValues } from './lua/keep-values.ts'
import { readValues } from './lua/read-values.ts'
import { writeValue } from './lua/write-value.ts'
import { bufferList, readPosition, textOf } from './replies.ts'
import { decodeChange, decodeValue, encodeValue, placeOf } from './state-text.ts'
import { Missed, missedBy } from './missed.ts'
import type { StoreParts } from './store-parts.ts'

export class RedisKeyedState implements KeyedState {
  readonly #parts: StoreParts
  readonly #live: LiveRooms
  readonly #subscribers = new Fanouts<readonly StateChange[] | Missed>()
  /** Epoch, version and id, as Redis keeps them. */
  readonly #heard = new HeardTails<string>({
    listeners: this.#subscribers,
    tails: (rooms) => Promise.all(rooms.map((room) => this.#tail(room))),
    isSame: (a, b) => a === b,
    repair: (room) => missedBy(this.#subscribers, room),
  })

  constructor(parts: StoreParts, live: LiveRooms) {
    this.#parts = parts
    this.#live = live
    live.on('s', (room, body) => {
      const change = decodeChange(body)
      if (change !== undefined) this.#deliver(room, change)
      return change !== undefined
    })
  }

  async write(room: string, value: StateValue, maxKeys: number): Promise<StatePosition> {
    this.#parts.opening.assertOpen()
    const { names, commands, random, settings } = this.#parts
    const change = [random.id(), placeOf(value), encodeValue(value)]
    const args = [...this.#birth(), ...change, finite(maxKeys), finite(settings.maxStateChanges)]
    const keys = [...names.state(room), names.live(room)]
    // A second attempt could put an old value over a newer one.
    const reply = bufferList(await commands.run(writeValue, keys, args, 'once'), 1)
    if (reply.length < 3) throw fail('OVERLOADED', `the room holds ${maxKeys} keys; remove one first`)
    return readStateReply(reply)
  }

  async read(room: string, since?: StatePosition): Promise<StateUpdate> {
    this.#parts.opening.assertOpen()
    return this.#read(room, since)
  }

  async subscribe(room: string, listener: StateListener): Promise<Subscription> {
    const subscription = await this.#live.subscribe(this.#subscribers, room, (message) => {
      if (message instanceof Missed) message.add(listener.missed?.())
      else listener.changes(message)
    })
    return this.#heard.watch(
      room,
      subscription,
      this.#keep(room).then(() => this.#tail(room)),
    )
  }

  /** Rooms of which less was heard than written. */
  suspects(): Promise<readonly Suspect[]> {
    return this.#heard.suspects()
  }

  /** Keeps the rooms that somebody listens to. */
  async touch(): Promise<void> {
    await Promise.all(this.#subscribers.subjects.map((room) => this.#keep(room)))
  }

  #deliver(room: string, change: StateChange): void {
    if (!this.#subscribers.has(room)) return
    const { epoch, version, id } = change.position
    this.#heard.heard(room, `${epoch} ${version} ${id}`)
    this.#subscribers.send(room, [change])
  }

  async #tail(room: string): Promise<string> {
    const { names, commands } = this.#parts
    const fields = await commands.call('hmget', [names.room(room, 'state'), 'epoch', 'version', 'id'], 'read')
    return Array.isArray(fields) ? fields.join(' ') : ''
  }

  async #read(room: string, since?: StatePosition): Promise<StateUpdate> {
    const { names, commands, skips } = this.#parts
    const where = since === undefined ? ['', '', ''] : [since.epoch, finite(since.version), since.id]
    const args = [...this.#birth(), ...where]
    const [kind, ...rest] = bufferList(await commands.run(readValues, names.state(room), args, 'read'), 4)
    const found: { readonly version: number; readonly value: StateValue }[] = []
    for (let index = 3; index + 2 < rest.length; index += 3) {
      const value = decodeValue(rest[index + 1] as Buffer, rest[index + 2] as Buffer)
      if (value === undefined) skips.add()
      else found.push({ version: Number(textOf(rest[index])), value })
    }
    const values = found.toSorted((a, b) => a.version - b.version).map(({ value }) => value)
    return { kind: textOf(kind) === 'change' ? 'change' : 'replace', ...readStateReply(rest), values }
  }

  async #keep(room: string): Promise<void> {
    const { names, commands } = this.#parts
    await commands.run(keepValues, names.state(room), this.#birth(), 'read')
  }

  #birth(): string[] {
    return [this.#parts.random.id(), String(metadataMs)]
  }
}

function readStateReply([epoch, version, id]: readonly Buffer[]): StatePosition {
  const position = readPosition(epoch, version, id)
  return { epoch: position.epoch, version: position.offset, id: position.id }
}
