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

/** What engine.io is given, and its WebSocket frame: made once, however many the receivers are. */
export interface FinishedMessage {
  readonly message: string | Buffer
  readonly frame: Buffer
}

/** Private parts of engine.io and ws; whatever is not as expected sends the message on its ordinary path. */
interface Parts {
  readonly readyState?: unknown
  readonly upgrading?: unknown
  readonly writeBuffer?: { readonly length: number }
  readonly transport?: {
    readonly name?: unknown
    readonly perMessageDeflate?: unknown
    readonly socket?: {
      readonly readyState?: unknown
      readonly extensions?: unknown
      readonly _sender?: { readonly _state?: unknown }
      readonly _socket?: Partial<Tcp>
    }
  }
}

/** ws: `WebSocket.OPEN`. */
const open = 1
/** ws: nothing is being deflated or read, so that a frame would be written at once. */
const idle = 0

/**
 * Writes an engine.io message. Where nothing waits in engine.io or ws before it, the finished frame goes to the TCP socket
 * itself, which saves what both do for each packet; otherwise it takes its turn behind what waits.
 */
export function writeMessage(conn: EngineSocket, finished: FinishedMessage): void {
  const { frame } = finished
  if (!writeFinished(conn as unknown as Parts, frame)) {
    conn.write(finished.message, { wsPreEncodedFrame: [frame] } as Parameters<EngineSocket['write']>[1])
  }
}

function writeFinished(conn: Parts, frame: Buffer): boolean {
  const { transport, writeBuffer } = conn
  if (conn.readyState !== 'open' || conn.upgrading !== false || writeBuffer?.length !== 0) return false
  if (transport?.name !== 'websocket' || transport.perMessageDeflate) return false
  const { socket } = transport
  if (socket?.readyState !== open || socket.extensions !== '' || socket._sender?._state !== idle) return false
  const { _socket: tcp } = socket
  if (tcp?.writable !== true || typeof tcp.write !== 'function') return false
  tcp.write(frame)
  return true
}

/** The TCP socket of an open WebSocket, now corked; undefined where there is none, or it is none that can be. */
export function cork(conn: object): Tcp | undefined {
  const socket = (conn as Parts).transport?.socket
  const tcp = socket?.readyState === open ? socket._socket : undefined
  if (typeof tcp?.cork !== 'function' || typeof tcp.uncork !== 'function') return undefined
  tcp.cork()
  return tcp as Tcp
}

/** Calls `drained` once the TCP socket of a WebSocket has written everything. Returns what undoes it. */
export function onceTcpDrained(conn: EngineSocket, drained: () => void): () => void {
  const tcp = (conn as unknown as Parts).transport?.socket?._socket as Tcp | undefined
  // Below its high water mark a socket tells of no drain, but of the end of each write.
  if (tcp?.writable === true && tcp.writableNeedDrain === false) tcp.write('', drained)
  tcp?.on('drain', drained)
  return () => tcp?.off('drain', drained)
}
