import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

const chunk = Buffer.alloc(64 * 1024)

/** Answers with more than anybody takes, and knows how much was taken from this process. */
export class Flood {
  #socket: Socket | undefined

  readonly pour = (_request: IncomingMessage, response: ServerResponse): void => {
    this.#socket = response.socket ?? undefined
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
    }
    response.on('drain', more)
    more()
  }

  /** Bytes that are with the kernel, a load balancer or the client. */
  get taken(): number {
    return (this.#socket?.bytesWritten ?? 0) - (this.#socket?.writableLength ?? 0)
  }
}
