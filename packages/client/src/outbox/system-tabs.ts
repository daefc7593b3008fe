/** A text that only tabs send. */
const tabId = /^[\w-]{22}$/

export interface TabEvents {
  /** The tab is gone, and nobody else is told before this resolves. */
  gone(tab: string): Promise<void>
  fault(error: unknown): void
}

/**
 * The open tabs of one outbox name: each holds a Web Lock as long as it lives, and waits for the locks of the others. Whoever
 * gets the lock of a tab knows that it is gone.
 */
export class Tabs {
  readonly #name: string
  readonly #own: string
  readonly #events: TabEvents
  readonly #watched = new Set<string>()
  readonly #closing = new AbortController()
  #channel: BroadcastChannel | undefined
  #release = () => {}

  constructor(name: string, own: string, events: TabEvents) {
    this.#name = name
    this.#own = own
    this.#events = events
  }

  /** Resolves when every tab of `known` that is gone was told of; the others are watched from now on. */
  async open(known: () => Promise<ReadonlySet<string>>): Promise<void> {
    const { locks } = navigator
    if (!locks) throw new Error('this page has no Web Locks, which browsers give to https and localhost only')
    await new Promise<void>((resolve, reject) => {
      const held = () => {
        resolve()
        return new Promise<void>((release) => (this.#release = release))
      }
      locks.request(this.#lock(this.#own), held).catch(reject)
    })
    // Who opens later says so; who opened before is found by what it holds.
    this.#channel = new BroadcastChannel(this.#name)
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string' && tabId.test(data)) this.#watch(data)
    }
    this.#channel.postMessage(this.#own)
    for (const tab of await known()) await this.#look(tab)
    const { held = [] } = await locks.query()
    for (const { name = '' } of held) {
      if (name.startsWith(this.#lock(''))) this.#watch(name.slice(this.#lock('').length))
    }
  }

  close(): void {
    this.#closing.abort()
    this.#channel?.close()
    this.#release()
  }

  #lock(tab: string): string {
    return `${this.#name} ${tab}`
  }

  /** Tells at once whether the tab is gone, and watches it if not. */
  async #look(tab: string): Promise<void> {
    if (tab === this.#own) return
    await navigator.locks.request(this.#lock(tab), { ifAvailable: true }, async (lock) => {
      if (lock) await this.#events.gone(tab)
      else this.#watch(tab)
    })
  }

  #watch(tab: string): void {
    const { signal } = this.#closing
    if (tab === this.#own || this.#watched.has(tab) || signal.aborted) return
    this.#watched.add(tab)
    navigator.locks
      .request(this.#lock(tab), { signal }, () => {
        this.#watched.delete(tab)
        return this.#events.gone(tab)
      })
      .catch((error: unknown) => {
        if (!signal.aborted) this.#events.fault(error)
      })
  }
}
