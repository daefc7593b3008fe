import { setMaxListeners } from 'node:events'
import { fail } from '@millrace/contract'
import { runJob } from './worker/run-job.ts'

/** What threads do for one document: all of it ends with the document. */
export class DocumentJobs {
  readonly #ending = new AbortController()

  constructor() {
    setMaxListeners(0, this.#ending.signal) // any number of jobs may wait
  }

  readonly run: typeof runJob = (name, ask, byteLength) => runJob(name, ask, byteLength, this.#ending.signal)

  get isStopped(): boolean {
    return this.#ending.signal.aborted
  }

  /** Whether a job rejected with it because the document ended. */
  hasEnded(error: unknown): boolean {
    return this.isStopped && error === this.#ending.signal.reason
  }

  /** Ends what is under way, with the thread that does it, and whatever is asked from now on: UNAVAILABLE. */
  stop(): void {
    this.#ending.abort(fail('UNAVAILABLE', 'the room was closed meanwhile; join it again'))
  }
}
