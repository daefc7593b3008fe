import { fail } from '@millrace/contract'
import type { Socket } from 'socket.io'
import type { Link } from '../connection/link.ts'
import type { Packet } from '../connection/packet.ts'
import { bufferedBytes } from './buffered-bytes.ts'
import { encodeForTransport, type EncodedPacket } from './encode-for-transport.ts'
import { onceTcpDrained, writeText } from './write-text.ts'

/** A `Link` over one Socket.IO socket. */
export class SocketIoLink implements Link {
  readonly #socket: Socket
  readonly #namespace: string
  /** False where the server's parser is not the default one. */
  readonly #writesText: boolean

  constructor(socket: Socket, writesText: boolean) {
    this.#socket = socket
    this.#namespace = socket.nsp.name
    this.#writesText = writesText
  }

  send(event: string, argument: unknown): void {
    this.#socket.emit(event, argument)
  }

  write(packet: Packet): void {
    const { conn, connected } = this.#socket
    if (!connected || conn.readyState !== 'open') return
    if (!this.#writesText) {
      const [event, ...args] = revive(packet)
      this.#socket.emit(event, ...args)
      return
    }
    const encoded = ((packet.encoded as EncodedPacket | undefined) ??= encodeForTransport(this.#namespace, packet))
    if (encoded.frame) return writeText(conn, encoded.text, encoded.frame)
    conn.write(encoded.text)
    for (const attachment of encoded.attachments) conn.write(asBuffer(attachment))
  }

  ask(event: string, input: unknown, timeoutMs: number): Promise<unknown> {
    const socket = this.#socket
    return new Promise((resolve, reject) => {
      const onDisconnect = (): void => reject(fail('DISCONNECTED', 'the client disconnected before it answered'))
      if (!socket.connected) return onDisconnect()
      socket.once('disconnect', onDisconnect)
      socket.timeout(timeoutMs).emit(event, input, (error: Error | null, answer: unknown) => {
        socket.off('disconnect', onDisconnect)
        if (error) reject(fail('TIMEOUT', `the client did not answer within ${timeoutMs} ms`))
        else resolve(answer)
      })
    })
  }

  bufferedBytes(): number {
    return bufferedBytes(this.#socket.conn)
  }

  drained(): Promise<void> {
    const { conn } = this.#socket
    if (conn.readyState === 'closed') return Promise.resolve()
    return new Promise((resolve) => {
      const { transport } = conn
      const done = (): void => {
        transport.off('drain', done)
        forgetTcp()
        conn.off('upgrade', done)
        conn.off('close', done)
        resolve()
      }
      transport.on('drain', done)
      const forgetTcp = onceTcpDrained(conn, done)
      conn.on('upgrade', done)
      conn.on('close', done)
    })
  }

  enter(room: string): void {
    void this.#socket.join(room)
  }

  exit(room: string): void {
    void this.#socket.leave(room)
  }
}

/** The event and arguments of a packet as values, for encoders that do not take text. */
function revive(packet: Packet): [string, ...unknown[]] {
  return JSON.parse(packet.body, (_key, value: unknown) => {
    const { _placeholder, num } = (typeof value === 'object' && value !== null ? value : {}) as {
      _placeholder?: unknown
      num?: unknown
    }
    const attachment = _placeholder === true && typeof num === 'number' ? packet.attachments[num] : undefined
    return attachment ? asBuffer(attachment) : value
  }) as [string, ...unknown[]]
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
