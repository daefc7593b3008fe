import { createDecoder, readVarUint } from 'lib0/decoding'

/** What one client has received of all authors: every update of each, as it was sent, once and in its order. */
export class Receipts {
  readonly #places: ReadonlyMap<number, number>
  readonly #sent: readonly (readonly Uint8Array[])[]
  readonly #counts: number[]

  /**
   * @param places Of authors, by their client ids.
   * @param sent What each author has sent so far. It grows.
   */
  constructor(places: ReadonlyMap<number, number>, sent: readonly (readonly Uint8Array[])[]) {
    this.#places = places
    this.#sent = sent
    this.#counts = sent.map(() => 0)
  }

  /** @returns Whose update it is. @throws Error where another one was due. */
  next(update: Uint8Array): number {
    const author = this.#places.get(clientIdOf(update))
    if (author === undefined) throw new Error('an update came of somebody who sent none')
    const nth = this.#counts[author] ?? 0
    const due = this.#sent[author]?.[nth]
    if (!due || Buffer.compare(due, update) !== 0) throw new Error(`update ${nth} of author ${author} is not what came`)
    this.#counts[author] = nth + 1
    return author
  }

  /** @param own The author that need not receive what it sent. @throws Error where an update of another one is missing. */
  assertAllBut(own: number): void {
    for (const [author, { length }] of this.#sent.entries()) {
      if (author !== own && this.#counts[author] !== length)
        throw new Error(`${this.#counts[author]} of ${length} updates of author ${author} came`)
    }
  }
}

/** Of an update with structs of one client: how many clients, how many structs, and the client's id come first. */
function clientIdOf(update: Uint8Array): number {
  const decoder = createDecoder(update)
  readVarUint(decoder)
  readVarUint(decoder)
  return readVarUint(decoder)
}
