import { fail, type Random } from '@millrace/contract'
import { Fanouts, type Append, type Appended, type Entry, type Payload } from '@millrace/server'
import { PendingDeliveries } from './pending-deliveries.ts'
import type { Kind, Operation, OperationOf, Operations } from './protocol.ts'

export type Ask = <K extends Kind>(
  operation: OperationOf<K>,
  onAnswer?: (answer: Operations[K]['answer']) => void,
) => Promise<Operations[K]['answer']>

/** Appends, and the delivery of what was committed. */
export class SqliteLogData {
  readonly subscribers = new Fanouts<readonly Entry[]>()
  readonly #random: Random
  readonly #ask: Ask
  readonly #onError: (error: unknown) => void
  readonly #committed = new PendingDeliveries<Entry>()
  /** How many appends of a room may have been committed without being told. */
  readonly #untold = new Map<string, number>()

  constructor(random: Random, ask: Ask, onError: (error: unknown) => void) {
    this.#random = random
    this.#ask = ask
    this.#onError = onError
  }

  get rooms(): string[] {
    return this.subscribers.subjects
  }

  async append(room: string, append: Append): Promise<Appended> {
    const payload = storable(append.payload)
    const { name, key, from, history } = append
    const ask: OperationOf<'append'> = {
      kind: 'append',
      room,
      id: this.#random.id(),
      name,
      payload,
      key,
      from,
      history,
    }
    const { epoch, offset, id, at, duplicate } = await this.#ask(ask, (stored) => {
      if (stored.duplicate || !this.subscribers.has(room)) return
      this.#committed.add(room, {
        epoch: stored.epoch,
        offset: stored.offset,
        id: stored.id,
        prev: stored.prev,
        key,
        at: stored.at,
        from,
        name,
        payload,
      })
    })
    return { position: { epoch, offset, id }, at, duplicate }
  }

  /** After every operation of a commit has its answer. */
  deliver(): void {
    this.#committed.deliver((room, entries) => this.subscribers.send(room, entries))
  }

  lost(operations: readonly Operation[]): void {
    for (const operation of operations) {
      if (operation.kind === 'append') this.#untold.set(operation.room, (this.#untold.get(operation.room) ?? 0) + 1)
    }
  }

  /** Tells what the worker committed and could not say any more. Subscribers know entries that they have seen. */
  repair(): void {
    for (const [room, limit] of this.#untold) {
      const query = { direction: 'before', position: null, limit, maxBytes: Infinity } as const
      this.#ask({ kind: 'read', room, query }, (page) => {
        if (page.kind === 'page') for (const entry of page.entries) this.#committed.add(room, entry)
      }).catch(this.#onError)
    }
    this.#untold.clear()
  }
}

/** SQLite ends text at a NUL, and half a surrogate pair has no UTF-8. */
const unstorable = /[\0\p{Surrogate}]/u

/**
 * Bytes are copied: the publisher may change its buffer, and a message to a thread copies all the memory under a view.
 *
 * @throws MillraceError `INVALID_INPUT` for text that SQLite would not give back as it is; JSON text never holds it.
 */
export function storable(payload: Payload): Payload {
  if (typeof payload !== 'string') return new Uint8Array(payload)
  if (unstorable.test(payload)) {
    throw fail('INVALID_INPUT', 'a text payload must be JSON text; send other text as JSON, or as bytes')
  }
  return payload
}
