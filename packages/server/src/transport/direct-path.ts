import type { Socket } from 'socket.io'

type EngineSocket = Socket['conn']

/** The TCP socket of a WebSocket. */
export interface Tcp {
  readonly writable?: unknown
  readonly writableNeedDrain?: unknown
  write(frame: Buffer | string, written?: () => void): boolean
  cork(): void
  uncork(): void
  on(event: 'drain', listener: () => void): void
  off(event: 'drain', listener: () => void): void
}

/** Private parts of engine.io and ws. */
interface Connection {
  readonly readyState?: unknown
  readonly upgrading?: unknown
  readonly writeBuffer?: { readonly length: number }
  readonly transport?: Transport
}

interface Transport {
  readonly name?: unknown
  readonly perMessageDeflate?: unknown
  readonly socket?: WebSocket
}

interface WebSocket {
  readonly readyState?: unknown
  readonly extensions?: unknown
  readonly bufferedAmount?: unknown
  readonly _sender?: Sender
  readonly _socket?: Partial<Tcp>
}

interface Sender {
  readonly _state?: unknown
}

/** ws: `WebSocket.OPEN`. */
const open = 1
/** Whether frames may be written: none says that it ends. */
export function isOpen(socket: { readonly readyState?: unknown }): boolean {
  return socket.readyState === open
}

/** ws: nothing is being deflated or read, so that a frame would be written at once. */
const idle = 0

/**
 * The way from an engine.io connection to its TCP socket, past all that engine.io and ws do for each packet. Looked for once: what
 * lies between is in memory that nothing else of a flush touches.
 */
export class DirectPath {
  readonly #conn: Connection
  readonly #transport: Transport
  readonly #socket: WebSocket
  readonly #sender: Sender
  readonly #tcp: Tcp

  private constructor(conn: Connection, transport: Transport, socket: WebSocket, sender: Sender, tcp: Tcp) {
    this.#conn = conn
    this.#transport = transport
    this.#socket = socket
    this.#sender = sender
    this.#tcp = tcp
  }

  /** Undefined where there is none, such as over long-polling and where frames are compressed, or where a private part is another one. */
  static of(engineSocket: EngineSocket): DirectPath | undefined {
    const conn = engineSocket as unknown as Connection
    const { transport } = conn
    if (transport?.name !== 'websocket' || transport.perMessageDeflate) return undefined
    const { socket } = transport
    const tcp = socket?._socket
    if (!socket || !isOpen(socket) || socket.extensions !== '' || !socket._sender) return undefined
    if (typeof tcp?.write !== 'function') return undefined
    return new DirectPath(conn, transport, socket, socket._sender, tcp as Tcp)
  }

  /** False where the connection has moved to another transport. */
  get isCurrent(): boolean {
    return this.#conn.transport === this.#transport
  }

  /** Bytes that wait in ws and below; undefined where engine.io holds some, too. */
  get waiting(): number | undefined {
    if (this.#conn.writeBuffer?.length !== 0) return undefined
    const { bufferedAmount } = this.#socket
    return typeof bufferedAmount === 'number' ? bufferedAmount : undefined
  }

  /** Writes a finished frame, unless something waits before it, or the connection ends: then false. */
  write(frame: Buffer): boolean {
    const conn = this.#conn
    if (conn.readyState !== 'open' || conn.upgrading !== false || conn.writeBuffer?.length !== 0) return false
    if (!isOpen(this.#socket) || this.#sender._state !== idle || this.#tcp.writable !== true) return false
    this.#tcp.write(frame)
    return true
  }
}
