import { fail } from '@millrace/contract'

export interface KeyWindowLimits {
  /** For how long a key is remembered, ms from its first use. */
  readonly windowMs: number
  /** A full window refuses new keys rather than forgetting one early. */
  readonly maxKeys: number
}

/** What is remembered under a key; the links belong to the window that it was added to. */
export abstract class Remembered<Self> {
  readonly key: string
  /** Monotonic ms. */
  readonly expiresAt: number
  older: Self | undefined = undefined
  newer: Self | undefined = undefined

  constructor(key: string, expiresAt: number) {
    this.key = key
    this.expiresAt = expiresAt
  }
}

/**
 * Values by key, each remembered for the same time. They are linked in the order of age, so that expiry and removal take
 * constant time. (An iterator that stays in the Map instead keeps alive every table that the Map has outgrown.)
 */
export class KeyWindow<Value extends Remembered<Value>> {
  readonly #limits: KeyWindowLimits
  readonly #onExpired: (value: Value) => void
  readonly #byKey = new Map<string, Value>()
  #oldest: Value | undefined
  #newest: Value | undefined

  constructor(limits: KeyWindowLimits, onExpired: (value: Value) => void = () => {}) {
    this.#limits = limits
    this.#onExpired = onExpired
  }

  get oldest(): Value | undefined {
    return this.#oldest
  }

  /** When a key that is first used now is forgotten. */
  expiryOf(nowMs: number): number {
    return nowMs + this.#limits.windowMs
  }

  /** @param nowMs Monotonic. */
  get(key: string, nowMs: number): Value | undefined {
    for (let oldest = this.#oldest; oldest !== undefined && oldest.expiresAt <= nowMs; oldest = this.#oldest) {
      this.#unlink(oldest)
      this.#onExpired(oldest)
    }
    return this.#byKey.get(key)
  }

  /** As `get`, without looking for what has expired since. */
  peek(key: string): Value | undefined {
    return this.#byKey.get(key)
  }

  /** @throws MillraceError `OVERLOADED`; call it before the operation whose key it is takes effect. */
  assertRoom(): void {
    if (this.#byKey.size < this.#limits.maxKeys) return
    const minutes = Math.ceil(this.#limits.windowMs / 60_000)
    const message = `the store remembers ${this.#limits.maxKeys} keys of the last ${minutes} minutes and takes no more; retry later`
    throw fail('OVERLOADED', message, { retryAfterMs: 1_000 })
  }

  /** The key must not be there, and `value` expires after every other. */
  add(value: Value): void {
    value.older = this.#newest
    if (this.#newest === undefined) this.#oldest = value
    else this.#newest.newer = value
    this.#newest = value
    this.#byKey.set(value.key, value)
  }

  delete(key: string): void {
    const found = this.#byKey.get(key)
    if (found !== undefined) this.#unlink(found)
  }

  deleteWhere(matches: (value: Value) => boolean): void {
    for (const value of this.#byKey.values()) if (matches(value)) this.#unlink(value)
  }

  #unlink(found: Value): void {
    const { older, newer } = found
    if (older === undefined) this.#oldest = newer
    else older.newer = newer
    if (newer === undefined) this.#newest = older
    else newer.older = older
    found.older = undefined
    found.newer = undefined
    this.#byKey.delete(found.key)
  }
}
