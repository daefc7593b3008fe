import type { Payload, Quote } from '../payload.ts'
import { viewedOf, type ChartQuery } from './chart-view.ts'
import { decodePacket, encodeConnect, encodeEvent, pong } from './packet.ts'
import type { Protocol, Session, SessionOptions } from './session.ts'

/** The plain Socket.IO application of the bench, over WebSocket from the start. */
export const socketIoProtocol: Protocol = {
  sign: pong,
  path: () => '/socket.io/?EIO=4&transport=websocket',
  open: (options) => new SocketIoSession(options),
}

const namespace = '/'
const joinId = 0

/** Source: https://socket.io/docs/v4/connection-state-recovery */
interface RecoveryBookmark {
  readonly pid: string
  readonly offset: string
}

class SocketIoSession implements Session {
  readonly #options: SessionOptions
  readonly #recovers: RecoveryBookmark | undefined
  #lastId = joinId
  #counts: readonly number[] = []
  #pid: string | undefined
  #offset: string | undefined

  constructor(options: SessionOptions) {
    this.#options = options
    this.#recovers = options.bookmark as RecoveryBookmark | undefined
  }

  get bookmark(): RecoveryBookmark | undefined {
    const pid = this.#pid
    const offset = this.#offset
    return pid === undefined || offset === undefined ? undefined : { pid, offset }
  }

  opened(): void {}

  received(text: string): void {
    const { listener, send, token } = this.#options
    const packet = decodePacket(text)
    switch (packet.kind) {
      case 'event':
        return this.#event(packet.args)
      case 'ack':
        if (packet.id === joinId) return listener.joined()
        return listener.answered((packet.args[0] as { data: Payload }).data)
      case 'ack before bytes':
        this.#counts = (packet.args[0] as { data: { counts: readonly number[] } }).data.counts
        return
      case 'ping':
        return send(pong)
      case 'open':
        return send(encodeConnect(namespace, { token, ...this.#recovers }))
      case 'connect':
        return this.#connected(packet.data as { readonly pid?: string })
      case 'refused':
        return listener.failed(`the server refused the connection: ${JSON.stringify(packet.data)}`)
      default:
        return listener.failed(`the server sent ${text.slice(0, 100)}`)
    }
  }

  request(payload: Payload): void {
    this.#options.send(encodeEvent(namespace, ['echo', payload], ++this.#lastId))
  }

  receivedBytes(bytes: Buffer): void {
    this.#options.listener.viewed(viewedOf(this.#counts, bytes))
  }

  view(query: ChartQuery): void {
    this.#options.send(encodeEvent(namespace, ['view', query], ++this.#lastId))
  }

  unview(): void {}

  #event([name, argument, offset]: readonly unknown[]): void {
    const { listener } = this.#options
    if (typeof offset === 'string') this.#offset = offset
    if (name === 'message') return listener.delivered(argument as Payload | Quote)
    if (name === 'messages') for (const payload of argument as Payload[]) listener.delivered(payload)
    if (name === 'quotes')
      for (const quote of Object.values(argument as Record<string, Quote>)) listener.delivered(quote)
  }

  /** A session that was recovered is in its rooms already. */
  #connected({ pid }: { readonly pid?: string }): void {
    const { listener, room, send } = this.#options
    this.#pid = pid
    if (this.#recovers === undefined) return send(encodeEvent(namespace, ['join', room], joinId))
    if (pid !== this.#recovers.pid) return listener.failed('the server did not recover the session')
    listener.joined()
  }
}
