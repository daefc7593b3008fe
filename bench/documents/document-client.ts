import { LoadSocket } from '../load/load-socket.ts'
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
  readonly #socket: LoadSocket
  readonly #session: DocumentSession

  constructor({ protocol, port, index, document, listener }: DocumentClientOptions) {
    const token = tokenOf(index)
    const failed = (reason: string): void => listener.failed(reason)
    this.#socket = new LoadSocket({
      port,
      path: protocol.path(token, document),
      listener: {
        opened: () => this.#session.opened(),
        text: (text) => this.#session.receivedText(text),
        bytes: (bytes) => this.#session.receivedBytes(bytes),
        failed,
        closed: failed,
      },
    })
    this.#session = protocol.open({
      token,
      index,
      document,
      listener,
      send: (message) => this.#socket.send(message),
    })
  }

  /** That came from the server, with all that is around them. */
  get bytesReceived(): number {
    return this.#socket.bytesReceived
  }

  update(update: Uint8Array): void {
    this.#session.update(update)
  }

  /** Resolves when the server has answered the close. */
  close(): Promise<void> {
    return this.#socket.close()
  }
}
