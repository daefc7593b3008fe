import { once } from 'node:events'
import { connect, type Socket, type TcpNetConnectOpts } from 'node:net'
import { WebSocket } from 'ws'
import { browserHeaders } from '../load/browser-headers.ts'
import { tokenOf } from '../users.ts'
import type { DocumentListener, DocumentProtocol, DocumentSession } from './document-session.ts'

export interface DocumentClientOptions {
  readonly protocol: DocumentProtocol
  readonly port: number
  readonly index: number
  readonly document: string
  readonly listener: DocumentListener
}

/** One connection to a document. */
export class DocumentClient {
  readonly #socket: WebSocket
  readonly #session: DocumentSession
  #tcp: Socket | undefined
  #isClosing = false

  constructor({ protocol, port, index, document, listener }: DocumentClientOptions) {
    const token = tokenOf(index)
    const host = `127.0.0.1:${port}`
    const socket = new WebSocket(`ws://${host}${protocol.path(token, document)}`, {
      headers: browserHeaders(`http://${host}`),
      perMessageDeflate: false,
      createConnection: ((options: TcpNetConnectOpts) => (this.#tcp = connect(options))) as typeof connect,
    })
    const session = protocol.open({ token, index, document, listener, send: (message) => socket.send(message) })
    socket.on('open', () => session.opened())
    socket.on('message', (data: Buffer, isBinary) => {
      if (this.#isClosing) return
      try {
        if (isBinary) session.receivedBytes(data)
        else session.receivedText(data.toString())
      } catch (error) {
        listener.failed(String(error))
      }
    })
    let fault = ''
    socket.on('error', (error) => (fault = error.message))
    socket.on('close', (code, reason) => {
      if (!this.#isClosing) listener.failed(`the connection was closed: ${code} ${reason.toString()} ${fault}`)
    })
    this.#socket = socket
    this.#session = session
  }

  /** That came from the server, with all that is around them. */
  get bytesReceived(): number {
    return this.#tcp?.bytesRead ?? 0
  }

  update(update: Uint8Array): void {
    this.#session.update(update)
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
