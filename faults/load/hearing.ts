import type { FaultNode } from '../fleet/fault-node.ts'
import type { Journal } from './journal.ts'
import type { Member } from './member.ts'
import type { Acknowledged } from './publisher.ts'

const everyMs = 250

/** Looks at every node: whether it says that it is ready, and what its own member lacks. */
export class Hearing {
  readonly #journal: Journal
  readonly #ears: readonly { readonly node: FaultNode; readonly ear: Member }[]
  readonly #pending: Acknowledged[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(journal: Journal, ears: readonly { readonly node: FaultNode; readonly ear: Member }[]) {
    this.#journal = journal
    this.#ears = ears
  }

  acknowledged(acknowledged: Acknowledged): void {
    this.#pending.push(acknowledged)
  }

  start(): void {
    this.#timer = setInterval(() => {
      for (const each of this.#ears) if (each.node.isRunning) void this.#listen(each.node, each.ear)
      this.#forget()
    }, everyMs)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  behindMs(ear: Member): number {
    const oldest = this.#pending.find((acknowledged) => lacks(ear, acknowledged))
    return oldest ? performance.now() - oldest.at : 0
  }

  async #listen(node: FaultNode, ear: Member): Promise<void> {
    const isReady = (await node.isReady()) ?? null
    // Stopped or killed while it was asked.
    if (!node.isRunning) return
    this.#journal.tell({ type: 'hearing', actor: node.name, isReady, behindMs: this.behindMs(ear) })
  }

  #forget(): void {
    while (this.#pending[0] && this.#ears.every(({ ear }) => !lacks(ear, this.#pending[0]!))) this.#pending.shift()
  }
}

/** In another epoch, it came later or was told of a gap. */
function lacks(ear: Member, { room, position }: Acknowledged): boolean {
  const own = ear.position(room)
  if (own === undefined) return true
  return own.epoch === position.epoch && own.offset < position.offset
}
