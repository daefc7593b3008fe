import { fail } from '@millrace/contract'

export type Permission = 'write' | 'read'

/** What each connection may do with one document, from its authorization until it ends. */
export class Seats {
  // By the signal of the connection, which is the same object for as long as it lives.
  readonly #permissions = new WeakMap<AbortSignal, Permission>()

  seat(signal: AbortSignal, permission: Permission): void {
    this.#permissions.set(signal, permission)
  }

  canWrite(signal: AbortSignal): boolean {
    return this.#permissions.get(signal) === 'write'
  }

  /** @throws MillraceError FORBIDDEN. */
  assertWriter(signal: AbortSignal): void {
    if (!this.canWrite(signal)) throw fail('FORBIDDEN', 'you may read this document, not write to it')
  }
}
