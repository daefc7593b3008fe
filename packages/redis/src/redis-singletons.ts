import type { Singletons } from '@millrace/server'
import { holdSingleton, releaseSingleton } from './lua/singleton-scripts.ts'
import type { StoreParts } from './store-parts.ts'

/** In Redis's time, since the clocks of nodes differ. */
export class RedisSingletons implements Singletons {
  readonly #parts: StoreParts

  constructor(parts: StoreParts) {
    this.#parts = parts
  }

  async hold(name: string, holder: string, forMs: number): Promise<boolean> {
    const { opening, names, commands } = this.#parts
    opening.assertOpen()
    return (await commands.run(holdSingleton, [names.singleton(name)], [holder, String(forMs)], 'repeatable')) === 1
  }

  async release(name: string, holder: string): Promise<void> {
    const { opening, names, commands } = this.#parts
    opening.assertOpen()
    await commands.run(releaseSingleton, [names.singleton(name)], [holder], 'repeatable')
  }
}
