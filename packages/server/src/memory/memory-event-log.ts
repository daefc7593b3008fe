import type { Position } from '@millrace/contract'
import type {
  Append,
  Appended,
  EventLog,
  LogGap,
  LogListener,
  LogPage,
  LogQuery,
  Subscription,
} from '../ports/event-log.ts'
import type { LogData } from './log-data.ts'
import { logFaults, type LogFaults } from './log-faults.ts'
import { readLog } from './log-page.ts'
import type { Opening } from './opening.ts'

export class MemoryEventLog implements EventLog {
  readonly ack = 'stored'
  readonly [logFaults]: LogFaults = {
    trim: async (room, keepEvents) => this.#data.room(room).trimTo(keepEvents),
    rewind: async (room, toOffset) => this.#data.rewind(room, toOffset),
  }
  readonly #data: LogData
  readonly #opening: Opening

  constructor(data: LogData, opening: Opening) {
    this.#data = data
    this.#opening = opening
  }

  async append(room: string, append: Append): Promise<Appended> {
    this.#opening.assertOpen()
    return this.#data.append(room, append)
  }

  async read(room: string, query: LogQuery): Promise<LogPage | LogGap> {
    this.#opening.assertOpen()
    return readLog(this.#data.room(room), query)
  }

  async tails(rooms: readonly string[]): Promise<readonly Position[]> {
    this.#opening.assertOpen()
    return rooms.map((room) => this.#data.room(room).top)
  }

  async trim(room: string, through: Position): Promise<void> {
    this.#opening.assertOpen()
    this.#data.room(room).trimThrough(through)
  }

  async subscribe(room: string, listener: LogListener): Promise<Subscription> {
    return this.#opening.subscribe(this.#data.subscribers, room, (entries) => listener.entries(entries))
  }
}
