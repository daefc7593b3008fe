import type { Position } from '@millrace/contract'
import {
  logFaults,
  type Append,
  type Appended,
  type EventLog,
  type LogFaults,
  type LogGap,
  type LogListener,
  type LogPage,
  type LogQuery,
  type Opening,
  type Subscription,
} from '@millrace/server'
import type { SqliteCore } from './sqlite-core.ts'

export class SqliteEventLog implements EventLog {
  readonly ack = 'fsynced'
  readonly [logFaults]: LogFaults = {
    trim: async (room, keepEvents) => void (await this.#core.ask({ kind: 'keep', room, keepEvents })),
    rewind: async (room, toOffset) => void (await this.#core.ask({ kind: 'rewind', room, toOffset })),
  }
  readonly #core: SqliteCore
  readonly #opening: Opening

  constructor(core: SqliteCore, opening: Opening) {
    this.#core = core
    this.#opening = opening
  }

  async append(room: string, append: Append): Promise<Appended> {
    this.#opening.assertOpen()
    return this.#core.log.append(room, append)
  }

  async read(room: string, query: LogQuery): Promise<LogPage | LogGap> {
    this.#opening.assertOpen()
    return this.#core.ask({ kind: 'read', room, query })
  }

  async tails(rooms: readonly string[]): Promise<readonly Position[]> {
    this.#opening.assertOpen()
    return this.#core.ask({ kind: 'tails', rooms })
  }

  async trim(room: string, through: Position): Promise<void> {
    this.#opening.assertOpen()
    await this.#core.ask({ kind: 'trim', room, through })
  }

  async subscribe(room: string, listener: LogListener): Promise<Subscription> {
    return this.#opening.subscribe(this.#core.log.subscribers, room, (entries) => listener.entries(entries))
  }
}
