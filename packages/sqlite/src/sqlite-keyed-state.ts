import type { StatePosition } from '@millrace/contract'
import type { KeyedState, Opening, StateListener, StateUpdate, StateValue, Subscription } from '@millrace/server'
import type { SqliteCore } from './sqlite-core.ts'

export class SqliteKeyedState implements KeyedState {
  readonly #core: SqliteCore
  readonly #opening: Opening

  constructor(core: SqliteCore, opening: Opening) {
    this.#core = core
    this.#opening = opening
  }

  async write(room: string, value: StateValue, maxKeys: number): Promise<StatePosition> {
    this.#opening.assertOpen()
    return this.#core.state.write(room, value, maxKeys)
  }

  async read(room: string, since?: StatePosition): Promise<StateUpdate> {
    this.#opening.assertOpen()
    return this.#core.ask({ kind: 'readState', room, since })
  }

  async subscribe(room: string, listener: StateListener): Promise<Subscription> {
    return this.#opening.subscribe(this.#core.state.subscribers, room, (changes) => listener.changes(changes))
  }
}
