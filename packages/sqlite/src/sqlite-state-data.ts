import type { Random, StatePosition } from '@millrace/contract'
import { Fanouts, type StateChange, type StateUpdate, type StateValue } from '@millrace/server'
import { PendingDeliveries } from './pending-deliveries.ts'
import type { Operation } from './protocol.ts'
import { storable, type Ask } from './sqlite-log-data.ts'

/** Writes of keyed state, and the delivery of what was committed. */
export class SqliteStateData {
  readonly subscribers = new Fanouts<readonly StateChange[]>()
  readonly #random: Random
  readonly #ask: Ask
  readonly #onError: (error: unknown) => void
  readonly #committed = new PendingDeliveries<StateChange>()
  /** Values that may have been committed without being told, by room. */
  readonly #untold = new Map<string, StateValue[]>()

  constructor(random: Random, ask: Ask, onError: (error: unknown) => void) {
    this.#random = random
    this.#ask = ask
    this.#onError = onError
  }

  get rooms(): string[] {
    return this.subscribers.subjects
  }

  async write(room: string, { name, key, payload }: StateValue, maxKeys: number): Promise<StatePosition> {
    const value = { name, key, payload: payload === null ? null : storable(payload) }
    return this.#ask({ kind: 'write', room, value, maxKeys, id: this.#random.id() }, (position) => {
      if (this.subscribers.has(room)) this.#committed.add(room, { ...value, position })
    })
  }

  /** After every operation of a commit has its answer. */
  deliver(): void {
    this.#committed.deliver((room, changes) => this.subscribers.send(room, changes))
  }

  lost(operations: readonly Operation[]): void {
    for (const operation of operations) {
      if (operation.kind === 'write')
        this.#untold.set(operation.room, [...(this.#untold.get(operation.room) ?? []), operation.value])
    }
  }

  /** Tells the values now of the keys whose writes may have been committed unsaid, at the room's version now. */
  repair(): void {
    for (const [room, lost] of this.#untold) {
      this.#ask({ kind: 'readState', room, since: undefined }, (update) => this.#addCurrent(room, lost, update)).catch(
        this.#onError,
      )
    }
    this.#untold.clear()
  }

  #addCurrent(room: string, lost: readonly StateValue[], { epoch, version, id, values }: StateUpdate): void {
    for (const { name, key } of lost) {
      const payload = values.find((value) => value.name === name && value.key === key)?.payload ?? null
      this.#committed.add(room, { name, key, payload, position: { epoch, version, id } })
    }
  }
}
