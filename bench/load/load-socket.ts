import { once } from 'node:events'
import { connect, type Socket, type TcpNetConnectOpts } from 'node:net'
import { WebSocket } from 'ws'
import { browserHeaders } from './browser-headers.ts'

export interface LoadSocketOptions {
  readonly port: number
  /** Path and query of the handshake. */
  readonly path: string
  /** Default: the system's choice. */
  readonly localAddress?: string
  readonly listener: {
    opened(): void
    text(text: string): void
    bytes(bytes: Buffer): void
    /** A message could not be read. */
    failed(reason: string): void
    /** The server or the network ended the connection. */
    closed(reason: string): void
  }
}

/** One WebSocket of the load, with the handshake of a browser. */
export class LoadSocket {
  readonly #socket: WebSocket
  #tcp: Socket | undefined
  #isClosing = false

  constructor({ port, path, listener, ...local }: LoadSocketOptions) {
    const host = `127.0.0.1:${port}`
    const socket = new WebSocket(`ws://${host}${path}`, {
      headers: browserHeaders(`http://${host}`),
      perMessageDeflate: false,
      skipUTF8Validation: true,
      createConnection: ((options: TcpNetConnectOpts) => (this.#tcp = connect(options))) as typeof connect,
      ...local,
    })
    socket.on('open', () => listener.opened())
    socket.on('message', (data: Buffer, isBinary) => {
      if (this.#isClosing) return
      try {
        if (isBinary) listener.bytes(data)
        else listener.text(data.toString())
      } catch (error) {
        listener.failed(String(error))
      }
    })
    let fault = ''
    socket.on('error', (error) => (fault = error.message))
    socket.on('close', (code, reason) => {
      if (!this.#isClosing) listener.closed(`the connection was closed: ${code} ${reason.toString()} ${fault}`)
    })
    this.#socket = socket
  }

  /** False once this side ended it. */
  get isOpen(): boolean {
    return !this.#isClosing
  }

  /** That came from the server, with all that is around them. */
  get bytesReceived(): number {
    return this.#tcp?.bytesRead ?? 0
  }

  send(message: string | Uint8Array): void {
    this.#socket.send(message)
  }

  /** Takes nothing from TCP any more. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  /** Ends the connection as a broken network does. */
  async cut(): Promise<void> {
    this.#isClosing = true
    const closed = once(this.#socket, 'close')
    this.#socket.terminate()
    await closed
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
