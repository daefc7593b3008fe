/**
 * - `claimed`: run the handler, then call `settle`.
 * - `running`: another run of the same request is not finished.
 * - `settled`: it ran; `answer` is what it answered.
 * - `lost`: it was claimed by a process that died, or its answer is no longer kept.
 * - `mismatch`: the key was used with another input.
 */
export type Claim =
  | { readonly state: 'claimed' }
  | { readonly state: 'running' }
  | { readonly state: 'settled'; readonly answer: string }
  | { readonly state: 'lost' }
  | { readonly state: 'mismatch' }

/** A store in this process may answer at once, without a promise; then it throws at once too. */
type Answered<T> = T | Promise<T>

/**
 * Remembers for 5 minutes which requests were run, so that a retry does not run them again. A claim survives what the
 * store's acknowledgement survives.
 */
export interface RequestClaims {
  /**
   * @param key Scoped by user, room and request name by the caller.
   * @param digest 53 bits of the input; a second claim with another digest is a `mismatch`.
   * @throws MillraceError `OVERLOADED` where no more claims can be kept.
   */
  claim(key: string, digest: number): Answered<Claim>
  /** @param answer JSON text of the answer. */
  settle(key: string, answer: string): Answered<void>
  /** The handler refused before it did anything; the key may be claimed again. */
  release(key: string): Answered<void>
  /** The client has the answer and will not ask again: a settled claim need not be remembered. */
  forget(key: string): Answered<void>
}
