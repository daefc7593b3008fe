import * as Y from 'yjs'

export interface Batch {
  readonly update: Uint8Array
  /** Edits that it holds. */
  readonly count: number
}

/** Edits in one waiting batch at most, before they are merged to one. */
const maxLoose = 64

/** Edits that are not sent, oldest first. */
export class Outgoing {
  #edits: Batch[] = []
  #loose = 0

  get count(): number {
    return this.#edits.reduce((sum, { count }) => sum + count, 0)
  }

  get isEmpty(): boolean {
    return this.#edits.length === 0
  }

  add(edit: Batch): void {
    this.#edits.push(edit)
    this.#loose += 1
    if (this.#loose < maxLoose) return
    const loose = this.#edits.splice(-maxLoose)
    this.#edits.push(merge(loose))
    this.#loose = 0
  }

  /** Before all others: a batch that was taken and is not stored. */
  putBack(batch: Batch): void {
    this.#edits.unshift(batch)
  }

  /** Merges from the front while they have at most `maxBytes` together; a larger first one comes alone. */
  take(maxBytes: number): Batch | undefined {
    let bytes = 0
    const over = this.#edits.findIndex(({ update }, index) => (bytes += update.length) > maxBytes && index > 0)
    const taken = this.#edits.splice(0, over < 0 ? this.#edits.length : over)
    this.#loose = Math.min(this.#loose, this.#edits.length)
    return taken.length === 0 ? undefined : merge(taken)
  }

  /** @returns How many edits were forgotten. */
  clear(): number {
    const { count } = this
    this.#edits = []
    this.#loose = 0
    return count
  }
}

function merge(edits: readonly Batch[]): Batch {
  if (edits.length === 1) return edits[0]!
  return {
    update: Y.mergeUpdates(edits.map(({ update }) => update)),
    count: edits.reduce((sum, { count }) => sum + count, 0),
  }
}
