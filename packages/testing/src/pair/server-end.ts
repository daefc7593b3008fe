import { fail, isErrorCode, MillraceError } from '@millrace/contract'
import {
  acceptPeer,
  endPeer,
  openConnection,
  receive,
  welcomePeer,
  type Connection,
  type Node,
  type Peer,
} from '@millrace/server/core'
import { PacketType } from 'socket.io-parser'
import { decodePacket, encodePacket } from './codec.ts'
import { WireLink } from './wire-link.ts'
import type { Wire, WireEnd, WirePacket } from './wire.ts'

interface Joined {
  readonly peer: Peer
  readonly link: WireLink
}

/** The server's side of one wire: what `transport/accept-socket.ts` does with a Socket.IO socket. */
export class ServerEnd implements WireEnd {
  readonly #node: Node
  readonly #wire: Wire
  readonly #peers = new Map<string, Joined>()
  #connection: Promise<Connection> | undefined
  #isOver = false

  constructor(node: Node, wire: Wire) {
    this.#node = node
    this.#wire = wire
    wire.attach('up', this)
  }

  received(packet: WirePacket): void {
    const { type, nsp, data, id } = decodePacket(packet)
    const joined = this.#peers.get(nsp)
    if (type === PacketType.CONNECT) void this.#connect(nsp, (data ?? {}) as Record<string, unknown>)
    else if (joined === undefined) return
    else if (type === PacketType.DISCONNECT) this.#leave(nsp, joined, 'left')
    else if (type === PacketType.ACK) joined.link.answered(id, (data as unknown[])[0])
    else {
      const [name, argument] = data as [string, unknown]
      receive(this.#node, joined.peer, name, argument, (answer) => {
        if (id !== undefined) joined.link.acknowledge(id, answer)
      })
    }
  }

  ended(): void {
    this.#isOver = true
    for (const [namespace, joined] of this.#peers) this.#leave(namespace, joined, 'closed')
    this.#connection?.then(
      (connection) => this.#node.connections.remove(connection),
      () => {},
    )
  }

  async #connect(namespace: string, auth: Record<string, unknown>): Promise<void> {
    try {
      const served = this.#node.namespaces.get(namespace)
      if (served === undefined) return this.#refuse(namespace, new Error('Invalid namespace'))
      const handshake = { headers: {}, query: {}, auth, address: '127.0.0.1', secure: false }
      this.#connection ??= openConnection(this.#node, handshake, {
        isOpen: () => !this.#isOver,
        end: () => this.#wire.finish('down'),
      })
      const connection = await this.#connection
      if (this.#isOver) return
      const link = new WireLink(this.#wire, namespace, this.#node)
      const peer = acceptPeer(this.#node, served, connection, link)
      this.#peers.set(namespace, { peer, link })
      this.#wire.send('down', encodePacket(PacketType.CONNECT, namespace, { sid: connection.id }))
      welcomePeer(this.#node, peer)
    } catch (error) {
      this.#connection = undefined
      this.#refuse(namespace, error)
    }
  }

  #refuse(namespace: string, error: unknown): void {
    const isOurs = error instanceof MillraceError && isErrorCode(error.code)
    const shown = isOurs ? error : fail('INTERNAL', 'the server failed to authenticate; it was reported there')
    const data = this.#node.namespaces.has(namespace) ? { data: shown.toWire() } : {}
    const message = this.#node.namespaces.has(namespace) ? shown.message : 'Invalid namespace'
    this.#wire.send('down', encodePacket(PacketType.CONNECT_ERROR, namespace, { message, ...data }))
  }

  #leave(namespace: string, { peer, link }: Joined, reason: 'left' | 'closed'): void {
    this.#peers.delete(namespace)
    link.ended()
    void endPeer(this.#node, peer, reason)
  }
}
