import type { Kind } from './census.ts'

type Publish = (count: number) => Promise<unknown>

/** Publishes counts where they changed. One that could not be published is published with the next call. */
export class Headcounts {
  readonly #publish: Readonly<Partial<Record<Kind, Publish>>>
  readonly #told = new Map<string, number>()

  constructor(publish: Readonly<Partial<Record<Kind, Publish>>>) {
    this.#publish = publish
  }

  async tell(counts: Readonly<Record<Kind, number>>): Promise<void> {
    for (const [kind, publish] of Object.entries(this.#publish)) {
      const count = counts[kind as Kind]
      if (this.#told.get(kind) === count) continue
      await publish(count)
      this.#told.set(kind, count)
    }
  }
}
