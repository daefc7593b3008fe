/** A client settles a key with one of its next requests; older ones expire in the store. */
const maxClaims = 1_000

/** The keys of a peer's requests whose answers the store remembers, until the client says that it needs them no more. */
export class PeerClaims {
  /** By the key that the client sent; '' where it used one key for several requests. Made on first use. */
  #keys: Map<string, string> | undefined

  add(requestKey: string, key: string): void {
    this.#keys ??= new Map()
    const known = this.#keys.get(requestKey)
    if (known === undefined && this.#keys.size >= maxClaims) this.#dropOldest(this.#keys)
    this.#keys.set(requestKey, known === undefined || known === key ? key : '')
  }

  take(requestKey: string): string | undefined {
    const key = this.#keys?.get(requestKey)
    if (key !== undefined) this.#keys?.delete(requestKey)
    return key === '' ? undefined : key
  }

  #dropOldest(keys: Map<string, string>): void {
    for (const oldest of keys.keys()) {
      keys.delete(oldest)
      return
    }
  }
}
