import { wireNames, type WireHello } from '@millrace/contract'
import type { Socket as Engine } from 'engine.io-client'
import { PacketType, type Packet } from 'socket.io-parser'
import { PackedDecoder, PackedEncoder, type Message } from './packed-parser.ts'
import type { NamespaceEvents, NamespaceSocket, TransportConnection, TransportEvents } from './transport.ts'

/** One namespace of a connection. */
interface Space {
  readonly namespace: string
  readonly auth: object
  readonly events: NamespaceEvents
  /** Callers that wait for an acknowledgement, by its number. */
  readonly acks: Map<number, (answer: unknown) => void>
  isOpen: boolean
}

/** Socket.IO over one Engine.IO connection (its protocol 5); when that ends, so does this. */
export class SocketIoConnection implements TransportConnection {
  readonly #engine: Engine
  readonly #events: TransportEvents
  readonly #encoder = new PackedEncoder()
  readonly #spaces = new Map<string, Space>()
  #lastAck = 0
  #isOver = false

  constructor(engine: Engine, events: TransportEvents) {
    const decoder = new PackedDecoder()
    this.#engine = engine
    this.#events = events
    engine.on('open', () => {
      for (const space of this.#spaces.values()) this.#enter(space)
    })
    engine.on('data', (message: Message) => {
      try {
        decoder.add(message)
      } catch {
        this.#end('the server sent a malformed packet')
        engine.close()
      }
    })
    // What a listener throws is no malformed packet.
    decoder.on('decoded', (packet: Packet) => queueMicrotask(() => this.#received(packet)))
    engine.on('error', (error) => this.#end(error instanceof Error ? error.message : error))
    engine.on('close', (reason) => this.#end(reason))
  }

  open(namespace: string, auth: Readonly<Record<string, unknown>>, events: NamespaceEvents): NamespaceSocket {
    const space: Space = { namespace, auth: { ...auth, bytes: 1 }, events, acks: new Map(), isOpen: false }
    this.#spaces.set(namespace, space)
    if (this.#engine.readyState === 'open') this.#enter(space)
    return {
      emit: (name, argument, acknowledged) => {
        const id = acknowledged && ++this.#lastAck
        if (id) space.acks.set(id, acknowledged)
        this.#send(space, PacketType.EVENT, [name, argument], id)
      },
    }
  }

  close(): void {
    this.#isOver = true
    for (const space of this.#spaces.values()) if (space.isOpen) this.#send(space, PacketType.DISCONNECT)
    this.#engine.close()
  }

  #enter(space: Space): void {
    this.#send(space, PacketType.CONNECT, space.auth)
  }

  #send({ namespace: nsp }: Space, type: PacketType, data?: unknown, id?: number): void {
    for (const message of this.#encoder.encodePacket({ type, nsp, data, id } as Packet)) this.#engine.write(message)
  }

  #end(reason: string): void {
    // What came before it is told before it.
    queueMicrotask(() => {
      if (this.#isOver) return
      this.#isOver = true
      this.#events.closed(reason)
    })
  }

  #received({ type, nsp, data, id }: Packet): void {
    const space = this.#spaces.get(nsp)
    if (!space || this.#isOver) return
    const { events, acks } = space
    const [first, argument] = (Array.isArray(data) ? data : []) as [string, unknown]
    switch (type) {
      case PacketType.EVENT:
        if (first === wireNames.hello) this.#encoder.packs = (argument as WireHello).bytes === 1
        events.received(
          first,
          argument,
          id === undefined ? undefined : (answer) => this.#send(space, PacketType.ACK, [answer], id),
        )
        break
      case PacketType.ACK:
        acks.get(id!)?.(first)
        acks.delete(id!)
        break
      case PacketType.CONNECT_ERROR:
        this.#spaces.delete(nsp)
        events.refused(data?.data, data?.message)
        break
      case PacketType.DISCONNECT:
        this.#spaces.delete(nsp)
        events.closed()
        break
      default: // CONNECT: the decoder makes events and acknowledgements of the binary ones
        space.isOpen = true
    }
  }
}
