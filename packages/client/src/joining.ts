import { fail, type Clock, type ErrorCode, type MillraceError } from '@millrace/contract'

export interface JoinOptions {
  /** For the first answer, ms. Default: the client's `requestTimeoutMs`. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

export interface JoinAnswer {
  readonly snapshot: unknown
  readonly recovered: boolean
}

/** The promise of a first join: one outcome, within a deadline. */
export class Joining {
  readonly promise: Promise<JoinAnswer>
  #settle: (run: (resolve: (answer: JoinAnswer) => void, reject: (error: MillraceError) => void) => void) => void = () => {}

  /** @param giveUp Called before the promise rejects by deadline or signal. */
  constructor(clock: Clock, what: string, timeoutMs: number, signal: AbortSignal | undefined, giveUp: () => void) {
    this.promise = new Promise((resolve, reject) => {
      const expire = (why: string, cause?: unknown) => {
        giveUp()
        this.reject('TIMEOUT', `${what} was not joined: ${why}; call join() again`, cause)
      }
      const abort = () => expire('the signal was aborted', signal?.reason)
      const cancel = clock.after(timeoutMs, () => expire(`no answer within ${timeoutMs} ms`))
      signal?.addEventListener('abort', abort)
      this.#settle = (run) => {
        this.#settle = () => {}
        cancel()
        signal?.removeEventListener('abort', abort)
        run(resolve, reject)
      }
    })
  }

  resolve(answer: JoinAnswer): void {
    this.#settle((resolve) => resolve(answer))
  }

  refuse(error: MillraceError): void {
    this.#settle((_resolve, reject) => reject(error))
  }

  reject(code: ErrorCode, message: string, cause?: unknown): void {
    this.refuse(fail(code, message, { cause }))
  }
}
