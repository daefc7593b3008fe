import type { Refusal } from '../protocol.ts'

/** An operation that changed nothing and shall not undo its neighbours in the transaction. */
export class Refused extends Error {
  readonly refusal: Refusal

  constructor(code: Refusal['code'], message: string) {
    super(message)
    this.refusal = { code, message }
  }
}
