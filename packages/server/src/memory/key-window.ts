import { fail } from '@millrace/contract'

export interface KeyWindowLimits {
  /** For how long a key is remembered, ms from its first use. */
  readonly windowMs: number
  /** A full window refuses new keys rather than forgetting one early. */
  readonly maxKeys: number
}

/** What is remembered under a key. */
export interface Expiring {
  /** Monotonic ms. */
  readonly expiresAt: number
}

/**
 * Values by key, each remembered for the same time. A Map keeps the order of age; one iterator stays at its oldest entry,
 * since a new one would scan the holes that removals at the front leave.
 */
export class KeyWindow<Value extends Expiring> {
  readonly #limits: KeyWindowLimits
  readonly #onExpired: (value: Value) => void
  readonly #byKey = new Map<string, Value>()
  #ages = this.#byKey.entries()
  #oldest: readonly [key: string, value: Value] | undefined

  constructor(limits: KeyWindowLimits, onExpired: (value: Value) => void = () => {}) {
    this.#limits = limits
    this.#onExpired = onExpired
  }

  /** When a key that is first used now is forgotten. */
  expiryOf(nowMs: number): number {
    return nowMs + this.#limits.windowMs
  }

  /** @param nowMs Monotonic. */
  get(key: string, nowMs: number): Value | undefined {
    this.#forgetExpired(nowMs)
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
  add(key: string, value: Value): void {
    this.#byKey.set(key, value)
  }

  delete(key: string): void {
    this.#byKey.delete(key)
  }

  /** From oldest to newest; an iterator goes on where it was, past what is added and deleted meanwhile. */
  values(): IterableIterator<Value> {
    return this.#byKey.values()
  }

  deleteWhere(matches: (value: Value) => boolean): void {
    for (const [key, value] of this.#byKey) if (matches(value)) this.#byKey.delete(key)
  }

  #forgetExpired(nowMs: number): void {
    for (;;) {
      this.#oldest ??= this.#nextOldest()
      if (this.#oldest === undefined) return
      const [key, value] = this.#oldest
      if (value.expiresAt > nowMs) return
      if (this.#byKey.get(key) === value) {
        this.#byKey.delete(key)
        this.#onExpired(value)
      }
      this.#oldest = undefined
    }
  }

  #nextOldest(): readonly [key: string, value: Value] | undefined {
    if (this.#byKey.size === 0) return undefined
    const next = this.#ages.next()
    if (!next.done) return next.value
    this.#ages = this.#byKey.entries()
    return this.#ages.next().value
  }
}
