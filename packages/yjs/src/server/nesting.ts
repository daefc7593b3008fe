import { mostLevels } from './guard/order-structs.ts'
import { readUpdate } from './guard/read-update.ts'
import { harmful } from './guard/refuse.ts'
import { isLarge } from './large-update.ts'
import type { OpenDocument } from './open-document.ts'
import { encodePieces } from './piece-list.ts'
import type { runJob } from './worker/run-job.ts'

/** Yjs deletes types by recursion: some thousand levels end a browser's stack. */
const mostNesting = 500

/**
 * Keeps types in types from becoming deeper than readers can delete. Every update says how many levels it may add; what they add up to
 * is measured again where it comes near the limit, which documents that grow in breadth never reach.
 */
export class Nesting {
  readonly #open: OpenDocument
  readonly #run: typeof runJob
  /** At most this deep; Infinity while nobody measured. */
  #bound = Infinity
  /** The document's when it was measured. */
  #generation: number | undefined
  #measuring: Promise<number> | undefined

  constructor(open: OpenDocument, run: typeof runJob) {
    this.#open = open
    this.#run = run
  }

  /**
   * Undefined where the levels may be added, and are counted; otherwise resolves when it may be asked again.
   *
   * @throws MillraceError INVALID_INPUT where the document would be too deep.
   */
  admit(levels: number): Promise<void> | undefined {
    if (levels === 0) return undefined
    const isMeasured = this.#generation === this.#open.generation
    if (this.#measuring || !isMeasured || this.#bound + levels > mostNesting) return this.#measure(levels)
    this.#bound += levels
    return undefined
  }

  /** Another node stored an update. */
  heard(update: Uint8Array): void {
    if (this.#generation !== undefined) this.#bound += isLarge(update) ? mostLevels : levelsOf(update)
  }

  async #measure(levels: number): Promise<void> {
    this.#measuring ??= this.#measureNow().finally(() => (this.#measuring = undefined))
    const deepest = await this.#measuring
    if (deepest + levels > mostNesting) throw harmful(`types would be nested deeper than ${mostNesting}`)
  }

  async #measureNow(): Promise<number> {
    const { generation, pieces } = this.#open
    this.#generation = generation
    this.#bound = 0
    const all = pieces.all()
    try {
      const deepest = await this.#run('nesting', () => ({ pieces: encodePieces(all) }), pieces.byteLength)
      // What was heard meanwhile was counted.
      this.#bound += deepest
      return this.#bound
    } catch (error) {
      this.#generation = undefined
      throw error
    }
  }
}

/** No fewer than it adds. */
function levelsOf(update: Uint8Array): number {
  let types = 0
  for (const { structs } of readUpdate(update).sections.values()) for (const { isType } of structs) if (isType) types++
  return Math.min(types, mostLevels)
}
