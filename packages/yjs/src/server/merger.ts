import { MillraceError } from '@millrace/contract'
import { encodePieces } from './piece-list.ts'
import type { Pieces } from './pieces.ts'
import type { Merged } from './worker/jobs.ts'
import { runJob } from './worker/run-job.ts'

/** Makes one update of what a document consists of. */
export class Merger {
  readonly #run: typeof runJob
  #isSlow = false

  constructor(run: typeof runJob = runJob) {
    this.#run = run
  }

  /**
   * Deleted content is left out. But a document that somebody wrote so that it takes too long to make, or that Yjs cannot make, is put
   * together as it stands, or its log would grow for ever.
   *
   * @throws Error where what is stored is damaged.
   */
  async merge(pieces: Pieces): Promise<Merged> {
    const { byteLength } = pieces
    const all = pieces.all()
    const ask = () => ({ pieces: encodePieces(all) })
    if (!this.#isSlow) {
      try {
        return await this.#run('merge', ask, byteLength)
      } catch (error) {
        // Where what is stored is damaged it cannot be put together either, which is told.
        this.#isSlow = error instanceof MillraceError && error.code === 'OVERLOADED'
      }
    }
    return this.#run('join', ask, byteLength)
  }
}
