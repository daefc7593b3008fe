import type { Payload } from '../payload.ts'
import { decodePacket, encodeConnect, encodeEvent, pong } from './packet.ts'
import type { Protocol, Session, SessionOptions } from './session.ts'

/** The plain Socket.IO application of the bench, over WebSocket from the start. */
export const socketIoProtocol: Protocol = {
  path: () => '/socket.io/?EIO=4&transport=websocket',
  open: (options) => new SocketIoSession(options),
}

const namespace = '/'
const joinId = 0

class SocketIoSession implements Session {
  readonly #options: SessionOptions
  #lastId = joinId

  constructor(options: SessionOptions) {
    this.#options = options
  }

  opened(): void {}

  received(text: string): void {
    const { listener, room, send, token } = this.#options
    const packet = decodePacket(text)
    switch (packet.kind) {
      case 'event':
        return packet.args[0] === 'message' ? listener.delivered(packet.args[1] as Payload) : undefined
      case 'ack':
        if (packet.id === joinId) return listener.joined()
        return listener.answered((packet.args[0] as { data: Payload }).data)
      case 'ping':
        return send(pong)
      case 'open':
        return send(encodeConnect(namespace, { token }))
      case 'connect':
        return send(encodeEvent(namespace, ['join', room], joinId))
      case 'refused':
        return listener.failed(`the server refused the connection: ${JSON.stringify(packet.data)}`)
      default:
        return listener.failed(`the server sent ${text.slice(0, 100)}`)
    }
  }

  request(payload: Payload): void {
    this.#options.send(encodeEvent(namespace, ['echo', payload], ++this.#lastId))
  }
}
