import { closeReason, fail, type CloseReason } from '@millrace/contract'
import type { Limits } from '../limits.ts'
import type { Node } from '../node.ts'
import type { Connection } from './connection.ts'
import type { Peer } from './peer.ts'

/** setTimeout counts in 31 bits; later expiries are looked at again after this. */
const maxTimerMs = 2 ** 31 - 1
/** What clients are told to wait at least who come while the node goes away, ms. */
const retryAfterMs = 100

/** The connections of this node, counted by address. */
export class Connections {
  readonly #limits: Limits
  readonly #all = new Map<string, Connection>()
  #entered = 0
  /** New connections are refused, because the node goes away. */
  isRefusing = false
  #onEmpty: (() => void)[] = []
  readonly #perAddress = new Map<string, number>()

  constructor(limits: Limits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#all.size
  }

  inNamespace(name: string): readonly Peer[] {
    return [...this.#all.values()].flatMap(({ peers }) => peers.filter((peer) => peer.namespace.name === name))
  }

  all(): Connection[] {
    return [...this.#all.values()]
  }

  /** Resolves when no connection is left, which may be never for those whose network is gone. */
  whenEmpty(): Promise<void> {
    return this.#all.size === 0 ? Promise.resolve() : new Promise((resolve) => void this.#onEmpty.push(resolve))
  }

  /**
   * Counts a connection from before it is authenticated, so that those who never finish are bounded too.
   *
   * @returns Takes it back, for a connection that is not added.
   * @throws MillraceError `OVERLOADED` where a limit is reached, `UNAVAILABLE` while the node closes.
   */
  enter(address: string): () => void {
    this.#assertOpen()
    const count = this.#perAddress.get(address) ?? 0
    if (this.#entered >= this.#limits.maxConnections)
      throw fail('OVERLOADED', 'this node has all the connections it takes; try again')
    if (count >= this.#limits.maxConnectionsPerAddress)
      throw fail('OVERLOADED', 'too many connections from this address; close some')
    this.#entered++
    this.#perAddress.set(address, count + 1)
    return () => this.#leave(address)
  }

  /** @throws MillraceError `UNAVAILABLE` while the node closes. */
  add(connection: Connection): void {
    this.#assertOpen()
    this.#all.set(connection.id, connection)
  }

  remove(connection: Connection): void {
    if (!this.#all.delete(connection.id)) return
    connection.isClosed = true
    connection.forgetExpiry?.()
    this.#leave(connection.handshake.address)
    if (this.#all.size === 0) for (const resolve of this.#onEmpty.splice(0)) resolve()
  }

  #leave(address: string): void {
    this.#entered--
    const count = (this.#perAddress.get(address) ?? 1) - 1
    if (count === 0) this.#perAddress.delete(address)
    else this.#perAddress.set(address, count)
  }

  #assertOpen(): void {
    if (this.isRefusing) throw fail('UNAVAILABLE', 'this node is going away; connect again', { retryAfterMs })
  }

  /** Takes no more from now on. */
  refuse(): void {
    this.isRefusing = true
  }

  /** Closes every connection and takes no more. */
  closeAll(reason: CloseReason): void {
    this.refuse()
    for (const connection of this.#all.values()) connection.close(reason)
  }
}

/** Closes the connection when its credentials end, unless they were renewed. */
export function watchExpiry(node: Node, connection: Connection): void {
  const { expiresAt } = connection
  connection.forgetExpiry?.()
  if (expiresAt === Infinity || connection.isClosed) return
  connection.forgetExpiry = node.clock.after(Math.min(Math.max(0, expiresAt - node.clock.now()), maxTimerMs), () => {
    if (connection.isClosed || connection.expiresAt !== expiresAt) return
    if (node.clock.now() < expiresAt) watchExpiry(node, connection)
    else connection.close(closeReason('UNAUTHENTICATED'))
  })
}
