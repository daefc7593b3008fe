import { Singleton, type SingletonHandle, type SingletonParts, type SingletonRun } from './singleton.ts'

interface Named {
  readonly run: SingletonRun
  singleton: Singleton | undefined
}

/** What one server runs on one node at a time; from the moment at which the server is open. */
export class NamedSingletons {
  readonly #named = new Map<string, Named>()
  #parts: SingletonParts | undefined
  #isClosed = false

  /** @throws Error where the name is taken. */
  add(name: string, run: SingletonRun): SingletonHandle {
    if (typeof name !== 'string' || name === '') throw new Error('a singleton has a name; give it one')
    if (this.#named.has(name))
      throw new Error(`singleton "${name}" runs already; stop it first, or choose another name`)
    const named: Named = { run, singleton: undefined }
    this.#named.set(name, named)
    this.#start(name, named)
    return {
      stop: async () => {
        if (this.#named.get(name) !== named) return
        if (named.singleton === undefined) return void this.#named.delete(name)
        await named.singleton.stop()
      },
    }
  }

  open(parts: SingletonParts): void {
    this.#parts = parts
    for (const [name, named] of this.#named) this.#start(name, named)
  }

  /** For good: what is added from now on never runs. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#named.values()].flatMap(({ singleton }) => singleton?.stop() ?? []))
  }

  #start(name: string, named: Named): void {
    if (this.#parts === undefined || this.#isClosed) return
    named.singleton = new Singleton(this.#parts, name, named.run)
    void named.singleton.ended.then(() => this.#named.delete(name))
  }
}
