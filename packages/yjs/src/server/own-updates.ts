import type { Entry } from '@millrace/server'
import type { Clocks } from './clocks.ts'
import type { PlacedUpdate } from './guard/examine.ts'

export interface OwnUpdate {
  /** Under one key other bytes may be in the log. */
  readonly update: Uint8Array
  readonly clocks: Clocks
  readonly placed: PlacedUpdate | undefined
}

/** Updates that this node stores and has not heard yet: what they reach is known, and need not be looked at again. */
export class OwnUpdates {
  /** By who sends them and under which key. */
  readonly #updates = new Map<string, OwnUpdate>()

  /** Before an update is stored. */
  begin(mark: string, own: OwnUpdate): void {
    this.#updates.set(mark, own)
  }

  /** It was not stored, or nobody knows. */
  forget(mark: string): void {
    this.#updates.delete(mark)
  }

  waiting(): OwnUpdate[] {
    return [...this.#updates.values()]
  }

  /** @returns What was known of the update of an entry; undefined where it is another node's. */
  heard({ from, key }: Entry, update: Uint8Array): OwnUpdate | undefined {
    const mark = markOf(from, key)
    const own = this.#updates.get(mark)
    if (own === undefined || Buffer.compare(own.update, update) !== 0) return undefined
    this.#updates.delete(mark)
    return own
  }

  clear(): void {
    this.#updates.clear()
  }
}

/** Tells the updates that wait to be heard apart. */
export function markOf(from: string | null, key: string | null): string {
  return from === null ? `-${key}` : `${from.length}.${from}${key}`
}
