import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { Payload } from '../payload.ts'
import { tokenOf } from '../users.ts'
import { browserHeaders } from './browser-headers.ts'
import type { ChartQuery } from './chart-view.ts'
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
  readonly #socket: WebSocket
  readonly #session: Session
  readonly #sign: string | undefined
  #isClosing = false

  constructor({ protocol, port, index, room, bookmark, listener }: LoadClientOptions) {
    const token = tokenOf(index)
    const host = `127.0.0.1:${port}`
    const headers = browserHeaders(`http://${host}`)
    const socket = new WebSocket(`ws://${host}${protocol.path(token)}`, {
      headers,
      perMessageDeflate: false,
      skipUTF8Validation: true,
      ...localAddressOf(index),
    })
    const session = protocol.open({ token, index, room, bookmark, listener, send: (text) => socket.send(text) })
    socket.on('open', () => session.opened())
    socket.on('message', (data: Buffer, isBinary) => {
      if (this.#isClosing) return
      try {
        if (isBinary) session.receivedBytes(data)
        else session.received(data.toString())
      } catch (error) {
        listener.failed(String(error))
      }
    })
    let fault = ''
    socket.on('error', (error) => (fault = error.message))
    socket.on('close', (code, reason) => {
      if (!this.#isClosing) listener.closed(`the connection was closed: ${code} ${reason.toString()} ${fault}`)
    })
    this.#sign = protocol.sign
    this.#socket = socket
    this.#session = session
  }

  /** False once this side ended it. */
  get isOpen(): boolean {
    return !this.#isClosing
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
    this.#isClosing = true
    const closed = once(this.#socket, 'close')
    this.#socket.terminate()
    await closed
    return this.#session.bookmark
  }

  /** Resolves when the server has answered the close. */
  async close(): Promise<void> {
    this.#isClosing = true
    if (this.#socket.readyState === WebSocket.CLOSED) return
    const closed = once(this.#socket, 'close')
    this.#socket.close()
    await closed
  }
}

/** Far fewer than the ports that a system has for one address, and than the connections that a server takes from one. */
const clientsPerAddress = 5_000

function localAddressOf(index: number): { localAddress?: string } {
  const address = Math.floor(index / clientsPerAddress)
  return address === 0 ? {} : { localAddress: `127.0.0.${1 + address}` }
}
