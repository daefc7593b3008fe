import { defaultHistory, type Contract, type EventEntry, type RoomEntry } from '@millrace/contract'
import type { PublishedKind } from '../room/room-handle.ts'

/** What a contract says about publishing; nobody handles its requests here. */
export class PublishedContract {
  readonly name: string
  readonly events: ReadonlyMap<string, EventEntry>
  readonly rooms: ReadonlyMap<string, PublishedKind>

  constructor(contract: Contract) {
    this.name = contract.namespace
    this.events = new Map(Object.entries(contract.events ?? {}))
    const rooms = Object.entries(contract.rooms ?? {})
    this.rooms = new Map(rooms.map(([name, entry]) => [name, this.#kind(name, entry)]))
  }

  #kind(name: string, entry: RoomEntry): PublishedKind {
    const events = new Map(Object.entries(entry.events ?? {}))
    const series = new Map(Object.entries(entry.series ?? {}))
    return { namespace: this, name, entry, events, series, history: { ...defaultHistory, ...entry.history } }
  }
}
