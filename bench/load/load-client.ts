import type { Payload } from '../payload.ts'
import { tokenOf } from '../users.ts'
import type { ChartQuery } from './chart-view.ts'
import { LoadSocket } from './load-socket.ts'
import type { Bookmark, Protocol, Session, SessionListener } from './session.ts'

export interface LoadClientOptions {
  readonly protocol: Protocol
  readonly port: number
  readonly index: number
  readonly room: string
  readonly bookmark?: Bookmark | undefined
  readonly listener: LoadClientListener
}

interface LoadClientListener extends SessionListener {
  /** The server or the network ended the connection. */
  closed(reason: string): void
}

/** One connection of the load: a WebSocket and the session on it. */
export class LoadClient {
  readonly #socket: LoadSocket
  readonly #session: Session
  readonly #sign: string | undefined

  constructor({ protocol, port, index, room, bookmark, listener }: LoadClientOptions) {
    const token = tokenOf(index)
    this.#socket = new LoadSocket({
      port,
      path: protocol.path(token),
      ...localAddressOf(index),
      listener: {
        opened: () => this.#session.opened(),
        text: (text) => this.#session.received(text),
        bytes: (bytes) => this.#session.receivedBytes(bytes),
        failed: (reason) => listener.failed(reason),
        closed: (reason) => listener.closed(reason),
      },
    })
    this.#session = protocol.open({ token, index, room, bookmark, listener, send: (text) => this.#socket.send(text) })
    this.#sign = protocol.sign
  }

  /** False once this side ended it. */
  get isOpen(): boolean {
    return this.#socket.isOpen
  }

  request(payload: Payload): void {
    this.#session.request(payload)
  }

  view(query: ChartQuery): void {
    this.#session.view(query)
  }

  unview(): void {
    this.#session.unview()
  }

  get bookmark(): Bookmark | undefined {
    return this.#session.bookmark
  }

  /** Takes nothing from TCP any more. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  /** Tells the server that this client lives, which it may do without reading. */
  signal(): void {
    if (this.#sign !== undefined) this.#socket.send(this.#sign)
  }

  /** Ends the connection as a broken network does. Resolves to what a later session can continue from. */
  async cut(): Promise<Bookmark | undefined> {
    await this.#socket.cut()
    return this.#session.bookmark
  }

  /** Resolves when the server has answered the close. */
  close(): Promise<void> {
    return this.#socket.close()
  }
}

/** Far fewer than the ports that a system has for one address, and than the connections that a server takes from one. */
const clientsPerAddress = 5_000

function localAddressOf(index: number): { localAddress?: string } {
  const address = Math.floor(index / clientsPerAddress)
  return address === 0 ? {} : { localAddress: `127.0.0.${1 + address}` }
}
