import { addRoom } from './lua/lease-scripts.ts'
import type { StoreParts } from './store-parts.ts'

/** Rooms that Redis knows an incarnation of this node to be in, so that reapers find what it leaves behind. */
export class KnownRooms {
  readonly #parts: Pick<StoreParts, 'commands' | 'names'>
  #known = new Set<string>()

  constructor(parts: Pick<StoreParts, 'commands' | 'names'>) {
    this.#parts = parts
  }

  /** @returns False where the incarnation has ended. */
  async add(node: string, room: string): Promise<boolean> {
    const known = this.#known
    if (known.has(room)) return true
    const { names, commands } = this.#parts
    const keys = [names.node(node, 'lease'), names.node(node, 'rooms')]
    const isAlive = (await commands.run(addRoom, keys, [room], 'repeatable')) === 1
    if (isAlive) known.add(room)
    return isAlive
  }

  async remove(node: string, room: string): Promise<void> {
    if (!this.#known.delete(room)) return
    const { names, commands } = this.#parts
    await commands.call('srem', [names.node(node, 'rooms'), room], 'repeatable')
    // A second attempt may have come after somebody had entered.
    if (this.#known.delete(room)) await this.add(node, room)
  }

  /** What Redis knows may be older. */
  forget(room: string): void {
    this.#known.delete(room)
  }

  /** Another incarnation begins, which is in none. */
  clear(): void {
    this.#known = new Set()
  }
}
