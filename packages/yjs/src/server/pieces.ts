/** One update of the log. */
export interface TailPiece {
  readonly offset: number
  readonly update: Uint8Array
}

/** What a document consists of, as it is stored: one snapshot and the updates after it, none of them decoded. */
export class Pieces {
  readonly snapshot: Uint8Array | undefined
  readonly #tail: TailPiece[]
  #tailBytes: number

  constructor(snapshot: Uint8Array | undefined, tail: readonly TailPiece[]) {
    this.snapshot = snapshot
    this.#tail = [...tail]
    this.#tailBytes = tail.reduce((total, piece) => total + piece.update.byteLength, 0)
  }

  get tailCount(): number {
    return this.#tail.length
  }

  get tailBytes(): number {
    return this.#tailBytes
  }

  get snapshotBytes(): number {
    return this.snapshot?.byteLength ?? 0
  }

  get byteLength(): number {
    return this.snapshotBytes + this.#tailBytes
  }

  push(piece: TailPiece): void {
    this.#tail.push(piece)
    this.#tailBytes += piece.update.byteLength
  }

  /** The same document, where `snapshot` holds the tail up to `offset`. */
  compacted(snapshot: Uint8Array, offset: number): Pieces {
    return new Pieces(
      snapshot,
      this.#tail.filter((piece) => piece.offset > offset),
    )
  }

  /** Updates in an order in which each finds what it refers to. */
  all(): Uint8Array[] {
    const tail = this.#tail.map((piece) => piece.update)
    return this.snapshot ? [this.snapshot, ...tail] : tail
  }
}
