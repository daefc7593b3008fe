import type { KickTarget } from '../typed-handles.ts'
import type { Namespace } from '../namespace.ts'
import type { Node } from '../node.ts'
import type { BusMessage } from '../ports/bus.ts'
import type { Subscription } from '../ports/event-log.ts'
import { hasPayload, parseHead } from '../room/volatile.ts'
import { payloadJson } from './packet.ts'
import { Peer } from './peer.ts'
import { emitToUser, sendKick, userSubject } from './user-messages.ts'

/** The users of this node by namespace, and what is sent to a user on every node. */
export class Users {
  /** Most users have one connection, and need no set for it. */
  readonly #peers = new Map<string, Peer | Set<Peer>>()
  #node: Node | undefined
  #subscription: Subscription | undefined

  async open(node: Node): Promise<void> {
    this.#node = node
    this.#subscription = await node.store.bus.subscribe(userSubject, (message) => this.#receive(node, message))
  }

  async close(): Promise<void> {
    await this.#subscription?.close()
  }

  add(peer: Peer): void {
    const key = keyOf(peer.namespace.name, peer.connection.user.id)
    const peers = this.#peers.get(key)
    if (peers === undefined) this.#peers.set(key, peer)
    else if (peers instanceof Set) peers.add(peer)
    else this.#peers.set(key, new Set([peers, peer]))
  }

  remove(peer: Peer): void {
    const key = keyOf(peer.namespace.name, peer.connection.user.id)
    const peers = this.#peers.get(key)
    if (peers === peer || (peers instanceof Set && peers.delete(peer) && peers.size === 0)) this.#peers.delete(key)
  }

  /** As `emitToUser`. */
  async emit(namespace: Namespace, userId: string, name: string, payload: unknown): Promise<void> {
    await emitToUser(this.#bound(), namespace, userId, name, payload)
  }

  kick(room: string, target: KickTarget, message: string): void {
    sendKick(this.#bound().store.bus, room, target, message)
  }

  #receive(node: Node, message: BusMessage): void {
    const head = parseHead(message.head)
    if (typeof head.room === 'string') kickMembers(node, head.room, head)
    else if (
      typeof head.namespace === 'string' &&
      typeof head.user === 'string' &&
      typeof head.name === 'string' &&
      hasPayload(message)
    ) {
      const attachments: Uint8Array[] = []
      const body = `[${JSON.stringify(head.name)},${payloadJson(message.payload, attachments)}]`
      const packet = { body, attachments }
      const peers = this.#peers.get(keyOf(head.namespace, head.user)) ?? []
      for (const peer of peers instanceof Peer ? [peers] : peers) peer.link.write(packet)
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
