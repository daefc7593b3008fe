import type { Position } from '@millrace/contract'
import { createClient, type Client, type RoomClient } from '@millrace/client'
import { payloadHash, type OracleRecord } from '@millrace/testing'
import { killContract, params, roomNames, type RoomName } from '../fixtures/kill-contract.ts'
import type { Conditions } from './conditions.ts'

type KillRoom = RoomClient<(typeof killContract)['rooms']['hall']>

export interface KillLog {
  readonly say: (record: OracleRecord) => void
  readonly conditions: Conditions
}

interface Place {
  readonly room: KillRoom
  position: Position | undefined
  /** In the room on the connection that there is now. */
  isIn: boolean
}

/** A client in both rooms that writes down what reaches it. */
export class KillMember {
  readonly actor: string
  readonly #client: Client
  readonly #log: KillLog
  readonly #places: ReadonlyMap<RoomName, Place>
  readonly onEvent: ((room: RoomName) => void)[] = []
  readonly onCut: (() => void)[] = []

  constructor(actor: string, url: string, log: KillLog) {
    this.actor = actor
    this.#log = log
    this.#client = createClient({
      url,
      auth: { token: actor },
      reconnect: { minDelayMs: 20, maxDelayMs: 200 },
      requestTimeoutMs: 120_000,
      transports: ['websocket'],
      onError: (error) => process.stderr.write(`${actor}: ${error.stack}\n`),
    })
    this.#places = new Map(roomNames.map((name) => [name, this.#place(name)]))
    this.#client.onState(({ state }) => {
      if (state === 'connected') return
      for (const listener of this.onCut) listener()
      for (const place of this.#places.values()) place.isIn = false
      log.conditions.changed()
    })
  }

  get isConnected(): boolean {
    return this.#client.state.state === 'connected'
  }

  room(name: RoomName): KillRoom {
    return this.#at(name).room
  }

  isIn(name: RoomName): boolean {
    return this.#at(name).isIn
  }

  position(name: RoomName): Position | undefined {
    return this.#at(name).position
  }

  async join(name: RoomName): Promise<void> {
    await this.room(name).join()
    this.#log.say({ actor: this.actor, room: name, type: 'joined' })
    this.#entered(name)
  }

  async leave(name: RoomName): Promise<void> {
    const left = this.room(name).leave()
    this.#at(name).isIn = false
    this.#log.say({ actor: this.actor, room: name, type: 'left' })
    await left
  }

  #place(name: RoomName): Place {
    const room = this.#client.use(killContract).room(name as 'hall', params)
    const take = (payload: { readonly key: string }, { position }: { readonly position: Position }) => {
      this.#log.say({
        actor: this.actor,
        room: name,
        type: 'event',
        position,
        key: payload.key,
        hash: payloadHash(payload),
      })
      this.#moved(name, position)
    }
    room.on('said', take)
    room.on('shown', take)
    room.on('gap', ({ reason, from, to }) => {
      this.#log.say({ actor: this.actor, room: name, type: 'gap', reason, from, to })
      this.#moved(name, to)
    })
    room.on('joined', () => this.#entered(name))
    return { room, position: undefined, isIn: false }
  }

  #moved(name: RoomName, position: Position): void {
    this.#at(name).position = position
    for (const listener of this.onEvent) listener(name)
    this.#log.conditions.changed()
  }

  #entered(name: RoomName): void {
    this.#at(name).isIn = true
    this.#log.conditions.changed()
  }

  #at(name: RoomName): Place {
    return this.#places.get(name)!
  }
}
