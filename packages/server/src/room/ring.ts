import type { Position } from '@millrace/contract'
import type { Entry } from '../ports/event-log.ts'

/** Enough for a quick reconnect of every member; older positions are read from the log. */
const maxEntries = 512
const maxBytes = 512 * 1024

/** The newest entries of a room that were flushed. It answers only positions whose id it can match. */
export class Ring {
  #entries: Entry[] = []
  #start = 0
  #bytes = 0

  push(entry: Entry): void {
    this.#entries.push(entry)
    this.#bytes += entry.payload.length
    while (this.size > maxEntries || (this.#bytes > maxBytes && this.size > 1)) {
      this.#bytes -= this.#entries[this.#start]!.payload.length
      this.#start++
    }
    if (this.#start > maxEntries) {
      this.#entries = this.#entries.slice(this.#start)
      this.#start = 0
    }
  }

  /**
   * Takes in what was read from the log, as far as there is room before what it holds.
   *
   * @param entries In ascending order, each next to the one before it.
   * @param top What the ring ends at, also where it is empty.
   */
  extend(entries: readonly Entry[], top: Position): void {
    const first = this.#entries[this.#start]
    const next = first ? { epoch: first.epoch, offset: first.offset - 1, id: first.prev } : top
    const last = entries.findIndex(
      ({ id, offset, epoch }) => id === next.id && offset === next.offset && epoch === next.epoch,
    )
    const older: Entry[] = []
    for (let index = last; index >= 0; index--) {
      const entry = entries[index]!
      if (this.size + older.length >= maxEntries || this.#bytes + entry.payload.length > maxBytes) break
      older.push(entry)
      this.#bytes += entry.payload.length
    }
    if (older.length === 0) return
    this.#entries = [...older.reverse(), ...this.entries()]
    this.#start = 0
  }

  get size(): number {
    return this.#entries.length - this.#start
  }

  /** Id of the entry at this offset; undefined where the ring does not hold it. */
  idAt(offset: number): string | undefined {
    const first = this.#entries[this.#start]
    return first && offset >= first.offset ? this.#entries[this.#start + offset - first.offset]?.id : undefined
  }

  /** From oldest to newest. */
  entries(): readonly Entry[] {
    return this.#entries.slice(this.#start)
  }

  /** The entries after `position`, or undefined where the ring does not hold it with the same id. */
  after(position: Position): readonly Entry[] | undefined {
    const first = this.#entries[this.#start]
    if (first === undefined || first.epoch !== position.epoch) return undefined
    const skip = position.offset - first.offset + 1
    if (skip < 0 || skip > this.size) return undefined
    const id = skip === 0 ? first.prev : this.#entries[this.#start + skip - 1]!.id
    return id === position.id ? this.#entries.slice(this.#start + skip) : undefined
  }

  clear(): void {
    this.#entries = []
    this.#start = 0
    this.#bytes = 0
  }
}
