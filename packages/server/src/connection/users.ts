import { fail, guardWire, parse, versionedName } from '@millrace/contract'
import type { Namespace } from '../namespace.ts'
import type { Node } from '../node.ts'
import type { BusMessage } from '../ports/bus.ts'
import type { Payload, Subscription } from '../ports/event-log.ts'
import { parseHead } from '../room/volatile.ts'
import { payloadJson } from './packet.ts'
import type { Peer } from './peer.ts'

/** Everything that is meant for users rather than rooms crosses nodes here. */
const subject = 'users'

export interface KickTarget {
  readonly userId?: string
  readonly connectionId?: string
}

/** The users of this node by namespace, and what is sent to a user on every node. */
export class Users {
  readonly #peers = new Map<string, Set<Peer>>()
  #node: Node | undefined
  #subscription: Subscription | undefined

  async open(node: Node): Promise<void> {
    this.#node = node
    this.#subscription = await node.store.bus.subscribe(subject, (message) => this.#receive(node, message))
  }

  async close(): Promise<void> {
    await this.#subscription?.close()
  }

  add(peer: Peer): void {
    const key = keyOf(peer.namespace.name, peer.connection.user.id)
    const peers = this.#peers.get(key)
    if (peers) peers.add(peer)
    else this.#peers.set(key, new Set([peer]))
  }

  remove(peer: Peer): void {
    const key = keyOf(peer.namespace.name, peer.connection.user.id)
    const peers = this.#peers.get(key)
    if (peers?.delete(peer) && peers.size === 0) this.#peers.delete(key)
  }

  /**
   * Sends an event of the namespace to every connection of a user, on every node that has one.
   *
   * @throws MillraceError `UNKNOWN_EVENT`, `INVALID_INPUT` or `PAYLOAD_TOO_LARGE`.
   */
  async emit(namespace: Namespace, userId: string, name: string, payload: unknown): Promise<void> {
    const node = this.#bound()
    const entry = namespace.events.get(name)
    if (entry === undefined) throw fail('UNKNOWN_EVENT', `${namespace.name} declares no event "${name}"`)
    const parsed = await parse(entry.payload, payload, `payload of ${name}`)
    if (!parsed.ok) throw parsed.error
    const refusal = guardWire(payload, { ...node.limits, allowNestedBytes: false })
    if (refusal) throw refusal
    const head = { namespace: namespace.name, user: userId, name: versionedName(name, entry.version) }
    node.store.bus.publish(subject, { head: JSON.stringify(head), payload: payloadOf(payload) })
  }

  /** Takes members of a room out of it, on every node. */
  kick(room: string, target: KickTarget, message: string): void {
    this.#bound().store.bus.publish(subject, { head: JSON.stringify({ room, ...target, message }), payload: '' })
  }

  #receive(node: Node, message: BusMessage): void {
    const head = parseHead(message.head)
    if (typeof head.room === 'string') kickMembers(node, head.room, head)
    else if (typeof head.namespace === 'string' && typeof head.user === 'string' && typeof head.name === 'string') {
      const attachments: Uint8Array[] = []
      const body = `[${JSON.stringify(head.name)},${payloadJson(message.payload, attachments)}]`
      const packet = { body, attachments }
      for (const peer of this.#peers.get(keyOf(head.namespace, head.user)) ?? []) peer.link.write(packet)
    }
  }

  #bound(): Node {
    if (this.#node === undefined) throw new Error('the server is not open; await listen() or attach() first')
    return this.#node
  }
}

function keyOf(namespace: string, userId: string): string {
  return `${namespace} ${userId}`
}

function payloadOf(payload: unknown): Payload {
  if (payload instanceof Uint8Array) return payload
  return payload instanceof ArrayBuffer ? new Uint8Array(payload) : (JSON.stringify(payload) ?? 'null')
}

function kickMembers(node: Node, key: string, head: Record<string, unknown>): void {
  const room = node.rooms.get(key)
  if (room === undefined) return
  for (const member of room.members) {
    const { connection } = member.peer
    const isUser = head.userId === undefined || head.userId === connection.user.id
    const isConnection = head.connectionId === undefined || head.connectionId === connection.id
    if (isUser && isConnection) room.kick(member, String(head.message))
  }
}
