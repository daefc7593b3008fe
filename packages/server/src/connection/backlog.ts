import { closeReason } from '@millrace/contract'
import type { Node } from '../node.ts'
import type { Peer } from './peer.ts'

/** A connection that takes nothing for so long is closed; its client recovers when it returns. */
const patienceMs = 60_000

/** Whether more waits for the connection than it may be given at once. */
export function isOverBudget({ limits }: Node, { link }: Peer): boolean {
  return !link.hasRoomFor(0, limits.maxBufferedBytes)
}

/** Resolves once the connection takes an answer: at once, unless it is slow. Whoever waited looks again whether the connection has ended. */
export async function untilTaken(node: Node, peer: Peer): Promise<void> {
  if (isOverBudget(node, peer)) await peer.backlog(node).taken()
}

/** Ends a connection that does not take what it is sent; its client recovers when it returns. */
export function closeSlow({ counters }: Node, { connection }: Peer): void {
  counters.closedSlow++
  connection.takesNoMore = true
  connection.close(closeReason('SLOW'))
}

/** What waits for one connection, watched once however many rooms wait for its end. */
export class Backlog {
  readonly #node: Node
  readonly #peer: Peer
  #watching: Promise<boolean> | undefined

  constructor(node: Node, peer: Peer) {
    this.#node = node
    this.#peer = peer
  }

  /**
   * Waits until the connection has taken what was written. One that makes no progress is closed with `SLOW`.
   *
   * @returns Whether it may be sent more; false once it has ended.
   */
  taken(): Promise<boolean> {
    this.#watching ??= this.#watch().finally(() => (this.#watching = undefined))
    return this.#watching
  }

  async #watch(): Promise<boolean> {
    const { link } = this.#peer
    let left = link.backlog()
    let draining: Promise<void> | undefined
    while (!this.#peer.isClosed && isOverBudget(this.#node, this.#peer)) {
      const before = left
      // Listened to once: one that takes a little now and then may never be done.
      const isDrained = await this.#isInTime((draining ??= link.drained()))
      left = link.backlog()
      if (isDrained) draining = undefined
      if (!isDrained && left >= before) {
        closeSlow(this.#node, this.#peer)
        return false
      }
    }
    return !this.#peer.isClosed
  }

  #isInTime(draining: Promise<void>): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const cancel = this.#node.clock.after(patienceMs, () => resolve(false))
      draining
        .then(() => resolve(true), reject)
        .finally(cancel)
        .catch(reject)
    })
  }
}
