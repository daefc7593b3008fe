import { fail } from '@millrace/contract'

interface Remembered<Value> {
  readonly key: string
  readonly value: Value
  readonly expiresAt: number
  older: Remembered<Value> | undefined
  newer: Remembered<Value> | undefined
}

export interface KeyWindowLimits {
  /** For how long a key is remembered, ms from its first use. */
  readonly windowMs: number
  /** A full window refuses new keys rather than forgetting one early. */
  readonly maxKeys: number
}

/**
 * Values by key, each remembered for the same time. A linked list in order of age makes expiry and removal take
 * constant time; a Map alone would be scanned over the holes that removals at its front leave.
 */
export class KeyWindow<Value> {
  readonly #limits: KeyWindowLimits
  readonly #byKey = new Map<string, Remembered<Value>>()
  #oldest: Remembered<Value> | undefined
  #newest: Remembered<Value> | undefined

  constructor(limits: KeyWindowLimits) {
    this.#limits = limits
  }

  /** @param nowMs Monotonic. */
  get(key: string, nowMs: number): Value | undefined {
    while (this.#oldest !== undefined && this.#oldest.expiresAt <= nowMs) this.#unlink(this.#oldest)
    return this.#byKey.get(key)?.value
  }

  /** @throws MillraceError `OVERLOADED`; call it before the operation whose key it is takes effect. */
  assertRoom(): void {
    if (this.#byKey.size < this.#limits.maxKeys) return
    const minutes = Math.ceil(this.#limits.windowMs / 60_000)
    throw fail(
      'OVERLOADED',
      `the store remembers ${this.#limits.maxKeys} keys of the last ${minutes} minutes and takes no more; retry later`,
      {
        retryAfterMs: 1_000,
      },
    )
  }

  /** The key must not be there. */
  add(key: string, value: Value, nowMs: number): void {
    const added = { key, value, expiresAt: nowMs + this.#limits.windowMs, older: this.#newest, newer: undefined }
    if (this.#newest === undefined) this.#oldest = added
    else this.#newest.newer = added
    this.#newest = added
    this.#byKey.set(key, added)
  }

  delete(key: string): void {
    const found = this.#byKey.get(key)
    if (found !== undefined) this.#unlink(found)
  }

  deleteWhere(matches: (value: Value) => boolean): void {
    for (const remembered of this.#byKey.values()) if (matches(remembered.value)) this.#unlink(remembered)
  }

  #unlink(found: Remembered<Value>): void {
    if (found.older === undefined) this.#oldest = found.newer
    else found.older.newer = found.newer
    if (found.newer === undefined) this.#newest = found.older
    else found.newer.older = found.older
    this.#byKey.delete(found.key)
  }
}
