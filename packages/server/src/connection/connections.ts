import { closeReason, fail, type Clock, type CloseReason } from '@millrace/contract'
import type { Limits } from '../limits.ts'
import type { Node } from '../node.ts'
import type { Connection } from './connection.ts'
import type { Peer } from './peer.ts'

/** setTimeout counts in 31 bits; later expiries are looked at again after this. */
const maxTimerMs = 2 ** 31 - 1
/** How long a closing node waits for its clients; `npm start` promises an exit within 5 s. */
const maxCloseMs = 2_000

/** The connections of this node, counted by address. */
export class Connections {
  readonly #clock: Clock
  readonly #limits: Limits
  readonly #all = new Map<string, Connection>()
  #isClosing = false
  #onEmpty: (() => void) | undefined
  readonly #perAddress = new Map<string, number>()

  constructor(clock: Clock, limits: Limits) {
    this.#clock = clock
    this.#limits = limits
  }

  get size(): number {
    return this.#all.size
  }

  inNamespace(name: string): readonly Peer[] {
    return [...this.#all.values()].flatMap((connection) => connection.peers.get(name) ?? [])
  }

  /** Resolves when no connection is left, or after `maxCloseMs` for those whose network is gone. */
  whenEmpty(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#all.size === 0) return resolve()
      const cancel = this.#clock.after(maxCloseMs, resolve)
      this.#onEmpty = () => {
        cancel()
        resolve()
      }
    })
  }

  /** @throws MillraceError `OVERLOADED` where a limit is reached, `UNAVAILABLE` while the node closes. */
  add(connection: Connection): void {
    if (this.#isClosing) throw fail('UNAVAILABLE', 'this node is going away; connect again')
    const { address } = connection.handshake
    const count = this.#perAddress.get(address) ?? 0
    if (this.#all.size >= this.#limits.maxConnections)
      throw fail('OVERLOADED', 'this node has all the connections it takes; try again')
    if (count >= this.#limits.maxConnectionsPerAddress)
      throw fail('OVERLOADED', 'too many connections from this address; close some')
    this.#all.set(connection.id, connection)
    this.#perAddress.set(address, count + 1)
  }

  remove(connection: Connection): void {
    if (!this.#all.delete(connection.id)) return
    connection.isClosed = true
    const { address } = connection.handshake
    const count = (this.#perAddress.get(address) ?? 1) - 1
    if (count === 0) this.#perAddress.delete(address)
    else this.#perAddress.set(address, count)
    if (this.#all.size === 0) this.#onEmpty?.()
  }

  /** Closes every connection and takes no more. */
  closeAll(reason: CloseReason): void {
    this.#isClosing = true
    for (const connection of this.#all.values()) connection.close(reason)
  }
}

/** Closes the connection when its credentials end, unless they were renewed. */
export function watchExpiry(node: Node, connection: Connection): void {
  const { expiresAt } = connection
  if (expiresAt === Infinity) return
  node.clock.after(Math.min(Math.max(0, expiresAt - node.clock.now()), maxTimerMs), () => {
    if (connection.isClosed || connection.expiresAt !== expiresAt) return
    if (node.clock.now() < expiresAt) watchExpiry(node, connection)
    else connection.close(closeReason('UNAUTHENTICATED'))
  })
}
