import type { Cancel } from '@millrace/contract'
import type { StoreContext } from '@millrace/server'
import { eachAtOnce } from './each-at-once.ts'
import type { KeyNames } from './key-names.ts'
import { roomsOfDead } from './lua/lease-scripts.ts'
import { reapRoom } from './lua/presence-scripts.ts'
import type { StoreParts } from './store-parts.ts'

const reapMs = 2_000
/** Rooms of a dead node that are reaped at a time. */
const width = 32

/** Longer than a write of a dead node can be on its way. */
const fenceMs = 3_600_000

/** @param node Whose fence is among them. */
export function presenceKeys(names: KeyNames, room: string, node?: string): string[] {
  const keys = [names.room(room, 'present'), names.live(room), names.room(room, 'present-last')]
  return node === undefined ? keys : [...keys, names.room(room, `fence:${node}`)]
}

/** Removes what dead nodes left in rooms. Every node reaps; doing it twice changes nothing. */
export class Reaper {
  readonly #parts: StoreParts
  readonly #context: StoreContext
  #cancel: Cancel | undefined
  #isClosed = false

  constructor(parts: StoreParts, context: StoreContext) {
    this.#parts = parts
    this.#context = context
    // At once: nobody may have been there to reap the last node of a cluster.
    void this.#run()
  }

  close(): void {
    this.#isClosed = true
    this.#cancel?.()
  }

  /** Does nothing for a node that lives. */
  async reap(node: string): Promise<void> {
    const { names, commands, random } = this.#parts
    const keys = [names.node(node, 'lease'), names.node(node, 'rooms')] as const
    for (;;) {
      const rooms = await commands.run(roomsOfDead, keys, [], 'read')
      if (!Array.isArray(rooms)) return
      if (rooms.length === 0) break
      await eachAtOnce(rooms.map(String), width, async (room) => {
        const args = [node, String(fenceMs), random.id()]
        await commands.run(reapRoom, presenceKeys(names, room, node), args, 'repeatable')
        await commands.call('srem', [keys[1], room], 'repeatable')
      })
    }
    await commands.call('srem', [names.nodes(), node], 'repeatable')
  }

  async #reapAll(): Promise<void> {
    const { names, commands } = this.#parts
    const nodes = await commands.call('smembers', [names.nodes()], 'read')
    for (const node of Array.isArray(nodes) ? nodes.map(String) : []) if (!this.#isClosed) await this.reap(node)
  }

  #later(): void {
    this.#cancel = this.#context.clock.after(reapMs, () => void this.#run())
  }

  async #run(): Promise<void> {
    try {
      await this.#reapAll()
    } catch (error) {
      if (!this.#isClosed) this.#context.onError(error)
    }
    if (!this.#isClosed) this.#later()
  }
}
