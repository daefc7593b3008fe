/** One parsed value of keyed state; without `payload` the key was removed. */
export type KeyedChange = { readonly name: string; readonly key: string; readonly payload?: unknown; readonly isRemoved: boolean }

/** The newest value per event and key. */
export class KeyedValues {
  readonly #byName = new Map<string, Map<string, unknown>>()

  get(name: string): ReadonlyMap<string, unknown> {
    return this.#map(name)
  }

  set(name: string, key: string, payload: unknown): void {
    this.#map(name).set(key, payload)
  }

  /** @returns Whether there was a value. */
  remove(name: string, key: string): boolean {
    return this.#map(name).delete(key)
  }

  /** Every event and key that is not in `kept`, as `name key` pairs. */
  keysOutside(kept: ReadonlySet<string>): readonly { readonly name: string; readonly key: string }[] {
    return [...this.#byName].flatMap(([name, values]) =>
      [...values.keys()].filter((key) => !kept.has(`${name} ${key}`)).map((key) => ({ name, key })),
    )
  }

  clear(): void {
    for (const values of this.#byName.values()) values.clear()
  }

  /** The same map for the same event, so that a caller may keep it. */
  #map(name: string): Map<string, unknown> {
    const values = this.#byName.get(name) ?? new Map<string, unknown>()
    this.#byName.set(name, values)
    return values
  }
}
