import type {
  NamespaceEvents,
  NamespaceSocket,
  Transport,
  TransportConnection,
  TransportEvents,
} from '@millrace/client'
import { PacketType } from 'socket.io-parser'
import { decodePacket, encodePacket } from './codec.ts'
import type { Wire, WireEnd, WirePacket } from './wire.ts'

/** The client's transport over wires. `dial` gives the wire of one attempt, or undefined where nobody answers. */
export function wireTransport(dial: () => Wire | undefined): Transport {
  return {
    connect(_options, events) {
      const wire = dial()
      return wire ? new ClientEnd(wire, events) : refusedConnection(events)
    },
  }
}

/** A failure is told later, never from within `connect`. */
function refusedConnection(events: TransportEvents): TransportConnection {
  let isOver = false
  queueMicrotask(() => {
    if (!isOver) events.closed('connection refused')
  })
  return {
    open: () => ({ emit: () => {} }),
    close: () => (isOver = true),
  }
}

/** The client's side of one wire; does what the Socket.IO client does. */
class ClientEnd implements TransportConnection, WireEnd {
  readonly #wire: Wire
  readonly #events: TransportEvents
  readonly #namespaces = new Map<string, NamespaceEvents>()
  readonly #acks = new Map<number, (answer: unknown) => void>()
  #lastAck = 0
  #isOver = false

  constructor(wire: Wire, events: TransportEvents) {
    this.#wire = wire
    this.#events = events
    wire.attach('down', this)
  }

  open(namespace: string, auth: Readonly<Record<string, unknown>>, events: NamespaceEvents): NamespaceSocket {
    this.#namespaces.set(namespace, events)
    this.#wire.send('up', encodePacket(PacketType.CONNECT, namespace, auth))
    return {
      emit: (name, argument, acknowledged) => {
        if (this.#isOver) return
        const id = acknowledged && ++this.#lastAck
        if (id !== undefined && acknowledged) this.#acks.set(id, acknowledged)
        this.#wire.send('up', encodePacket(PacketType.EVENT, namespace, [name, argument], id))
      },
    }
  }

  close(): void {
    if (this.#isOver) return
    for (const namespace of this.#namespaces.keys())
      this.#wire.send('up', encodePacket(PacketType.DISCONNECT, namespace, undefined))
    this.#wire.finish('up')
    this.#isOver = true
  }

  received(packet: WirePacket): void {
    if (this.#isOver) return
    const { type, nsp, data, id } = decodePacket(packet)
    const events = this.#namespaces.get(nsp)
    if (type === PacketType.ACK) this.#acknowledged(id, data as unknown[])
    else if (type === PacketType.EVENT) {
      const [name, argument] = data as [string, unknown]
      const answer = (value: unknown) => this.#wire.send('up', encodePacket(PacketType.ACK, nsp, [value], id))
      events?.received(name, argument, id === undefined ? undefined : answer)
    } else if (type === PacketType.CONNECT_ERROR) {
      const { message, data: details } = data as { message: string; data?: unknown }
      events?.refused(details, message)
    } else if (type === PacketType.DISCONNECT) events?.closed()
  }

  ended(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#events.closed('transport close')
  }

  #acknowledged(id: number | undefined, [answer]: readonly unknown[]): void {
    const acknowledged = this.#acks.get(id ?? 0)
    this.#acks.delete(id ?? 0)
    acknowledged?.(answer)
  }
}
