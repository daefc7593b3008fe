import type { Position } from '@millrace/contract'
import { createClient, type Client, type ClientOptions, type RoomClient } from '@millrace/client'
import { payloadHash } from '@millrace/testing'
import { faultContract, kindOf, type FaultRooms } from '../contract.ts'
import type { Journal } from './journal.ts'

export interface MemberOptions {
  /** Its user too. */
  readonly name: string
  readonly url: string
  readonly rooms: readonly string[]
  readonly journal: Journal
  /** Whether it writes down whom it sees in the rooms. */
  readonly isObserver?: boolean
  readonly reconnect?: ClientOptions['reconnect']
  /** Default: to stderr. */
  readonly onError?: (error: Error) => void
}

interface Place {
  readonly room: RoomClient<FaultRooms['hall']>
  position: Position | undefined
  isIn: boolean
}

/** How soon somebody who came or left is to be seen (P8), ms. */
const promptMs = 1_000
/** The same where a node or a client died (P8), ms. */
export const nodeDeathMs = 15_000

/** A client that is in its rooms and writes down what reaches it. */
export class Member {
  readonly name: string
  readonly client: Client
  readonly #journal: Journal
  readonly #isObserver: boolean
  readonly #places: ReadonlyMap<string, Place>
  /** Monotonic ms of each connection that came to be. */
  readonly connectedAt: number[] = []
  /** The node that it was on last. */
  node = ''
  gaps = 0
  events = 0
  /** Users who came or left in front of its eyes, as `+ada` and `-ada`, in all rooms. */
  readonly seen: string[] = []

  constructor({ name, url, rooms, journal, isObserver = false, reconnect, onError }: MemberOptions) {
    this.name = name
    this.#journal = journal
    this.#isObserver = isObserver
    this.client = createClient({
      url,
      auth: { token: name },
      reconnect: reconnect ?? { minDelayMs: 50, maxDelayMs: 1_000 },
      requestTimeoutMs: 60_000,
      transports: ['websocket'],
      onError: onError ?? ((error) => process.stderr.write(`${name}: ${error.stack}\n`)),
    })
    this.client.use(faultContract).on('welcome', ({ node }) => void (this.node = node))
    this.#places = new Map(rooms.map((room) => [room, this.#place(room)]))
    this.client.onState(({ state }) => {
      if (state === 'connected') return void this.connectedAt.push(performance.now())
      for (const [room, place] of this.#places) this.#out(room, place)
    })
  }

  get isConnected(): boolean {
    return this.client.state.state === 'connected'
  }

  get rooms(): readonly string[] {
    return [...this.#places.keys()]
  }

  room(name: string): RoomClient<FaultRooms['hall']> {
    return this.#at(name).room
  }

  isIn(name: string): boolean {
    return this.#at(name).isIn
  }

  position(name: string): Position | undefined {
    return this.#at(name).position
  }

  /** Into all of its rooms. */
  async join(): Promise<void> {
    await Promise.all(
      this.rooms.map(async (name) => {
        await this.room(name).join({ presence: {} })
        this.#journal.say({ actor: this.name, room: name, type: 'joined' })
        this.owes(true, promptMs, name)
        this.#in(name)
      }),
    )
  }

  /** From now on and within so many ms it is to be seen, or not. */
  owes(isIn: boolean, withinMs: number, room?: string): void {
    for (const each of room === undefined ? this.rooms : [room])
      this.#journal.tell({ type: 'member', room: each, user: this.name, isIn, withinMs })
  }

  /** Leaves the run. */
  close(): Promise<void> {
    return this.#end(promptMs)
  }

  /** Ends together with its node. */
  die(): Promise<void> {
    return this.#end(nodeDeathMs)
  }

  /** Nothing is owed to it any more. */
  async #end(withinMs: number): Promise<void> {
    for (const room of this.rooms) {
      this.#journal.say({ actor: this.name, room, type: 'left' })
      if (this.#isObserver) this.#journal.tell({ type: 'view', actor: this.name, room, users: null })
    }
    this.owes(false, withinMs)
    await this.client.close()
  }

  #place(name: string): Place {
    // A lane is a hall without presence.
    const room = this.client.use(faultContract).room(kindOf(name) as 'hall', { name })
    const take = (payload: { readonly key: string }, { position }: { readonly position: Position }): void => {
      this.events++
      const hash = payloadHash(payload)
      this.#journal.say({ actor: this.name, room: name, type: 'event', position, key: payload.key, hash })
      this.#at(name).position = position
    }
    room.on('said', take)
    room.on('shown', take)
    room.on('gap', ({ reason, from, to }) => {
      this.gaps++
      this.#journal.say({ actor: this.name, room: name, type: 'gap', reason, from, to })
      this.#at(name).position = to
    })
    room.on('joined', () => this.#in(name))
    if (kindOf(name) === 'lane') return { room, position: undefined, isIn: false }
    const known = new Set<string>()
    room.presence.on(({ changed, left }) => {
      for (const { id } of changed) if (!known.has(id)) this.seen.push(`+${id}`)
      for (const id of left) this.seen.push(`-${id}`)
      for (const { id } of changed) known.add(id)
      for (const id of left) known.delete(id)
      if (this.#at(name).isIn) this.#look(name)
    })
    return { room, position: undefined, isIn: false }
  }

  #in(name: string): void {
    this.#at(name).isIn = true
    this.#look(name)
  }

  #out(name: string, place: Place): void {
    place.isIn = false
    if (this.#isObserver) this.#journal.tell({ type: 'view', actor: this.name, room: name, users: null })
  }

  #look(room: string): void {
    if (!this.#isObserver || kindOf(room) === 'lane') return
    const { presence } = this.room(room)
    const users = presence.members().map(({ id }) => id)
    // Of a large room the server tells only some.
    const isWhole = presence.count === users.length
    this.#journal.tell({ type: 'view', actor: this.name, room, users: isWhole ? users : null })
  }

  #at(name: string): Place {
    const place = this.#places.get(name)
    if (!place) throw new Error(`${this.name} has no room ${name}`)
    return place
  }
}
