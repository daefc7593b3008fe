/** As many as one request may settle; older ones expire in the store. */
const maxClaims = 100

/** The keys of a peer's requests whose answers the store remembers, until the client says that it needs them no more. */
export class PeerClaims {
  /** Lists, because a client has few requests under way: the key that it sent, and in the same place the scoped one. */
  readonly #requestKeys: string[] = []
  readonly #keys: string[] = []
  #scope = ''
  #name = ''
  #userId = ''
  #prefix = ''

  /**
   * The key under which a request is claimed.
   *
   * @param scope The key of the room, or the namespace.
   */
  add(scope: string, name: string, userId: string, requestKey: string): string {
    const key = this.#prefixOf(scope, name, userId) + requestKey
    const known = this.#requestKeys.indexOf(requestKey)
    if (known === -1) {
      if (this.#requestKeys.length === maxClaims) this.#remove(0)
      this.#requestKeys.push(requestKey)
      this.#keys.push(key)
    } else if (this.#keys[known] !== key) {
      this.#keys[known] = '' // one key for several requests
    }
    return key
  }

  /** Forgets a key that the client sent. Returns the one that was claimed, if it was one. */
  take(requestKey: string): string | undefined {
    const index = this.#requestKeys.indexOf(requestKey)
    return (index === -1 ? undefined : this.#remove(index)) || undefined
  }

  #remove(index: number): string | undefined {
    if (index === this.#keys.length - 1) {
      this.#requestKeys.pop()
      return this.#keys.pop()
    }
    this.#requestKeys.splice(index, 1)
    return this.#keys.splice(index, 1)[0]
  }

  /** The same for most requests of a peer. `join` makes a flat string, which is cheaper to look up than one that is put together. */
  #prefixOf(scope: string, name: string, userId: string): string {
    if (scope !== this.#scope || name !== this.#name || userId !== this.#userId) {
      this.#scope = scope
      this.#name = name
      this.#userId = userId
      this.#prefix = [scope, ' ', name, ' ', userId.length, ':', userId, ' '].join('')
    }
    return this.#prefix
  }
}
