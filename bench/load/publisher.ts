import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Asks a server for publishes over its control port. */
export class Publisher {
  readonly #socket: Socket

  private constructor(socket: Socket) {
    this.#socket = socket
  }

  static async open(controlPort: number): Promise<Publisher> {
    const socket = connect({ port: controlPort, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    return new Publisher(socket)
  }

  /** @param byte What it means is told by the control of the server. */
  ask(byte: number): void {
    this.#socket.write(Uint8Array.of(byte))
  }

  close(): void {
    this.#socket.destroy()
  }
}
