import { fail } from '@millrace/contract'
import { runJob } from './worker/run-job.ts'

/** What threads do for one document: all of it ends with the document. */
export class DocumentJobs {
  readonly #ending = new AbortController()

  readonly run: typeof runJob = (name, ask, byteLength) => runJob(name, ask, byteLength, this.#ending.signal)

  get isStopped(): boolean {
    return this.#ending.signal.aborted
  }

  /** Ends what is under way, with the thread that does it, and whatever is asked from now on: UNAVAILABLE. */
  stop(): void {
    this.#ending.abort(fail('UNAVAILABLE', 'the room was closed meanwhile; join it again'))
  }
}
