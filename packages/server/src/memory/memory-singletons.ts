import type { Singletons } from '../ports/singletons.ts'
import type { Opening, Surroundings } from './opening.ts'

interface Hold {
  readonly holder: string
  /** Monotonic ms. */
  readonly until: number
}

/** Who holds what, shared by the nodes of this process. */
export class SingletonData {
  readonly #surroundings: Surroundings
  readonly #holds = new Map<string, Hold>()

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  hold(name: string, holder: string, forMs: number): boolean {
    const now = this.#surroundings.clock.monotonic()
    for (const [lapsed, { until }] of this.#holds) if (until <= now) this.#holds.delete(lapsed)
    const known = this.#holds.get(name)
    if (known !== undefined && known.holder !== holder) return false
    this.#holds.set(name, { holder, until: now + forMs })
    return true
  }

  release(name: string, holder: string): void {
    if (this.#holds.get(name)?.holder === holder) this.#holds.delete(name)
  }
}

export class MemorySingletons implements Singletons {
  readonly #data: SingletonData
  readonly #opening: Opening

  constructor(data: SingletonData, opening: Opening) {
    this.#data = data
    this.#opening = opening
  }

  async hold(name: string, holder: string, forMs: number): Promise<boolean> {
    this.#opening.assertOpen()
    return this.#data.hold(name, holder, forMs)
  }

  async release(name: string, holder: string): Promise<void> {
    this.#opening.assertOpen()
    this.#data.release(name, holder)
  }
}
