import type { Socket } from 'socket.io'
import { isOpen, type DirectPath, type Tcp } from './direct-path.ts'

type EngineSocket = Socket['conn']

/** What engine.io is given, and its WebSocket frame: made once, however many the receivers are. */
export interface FinishedMessage {
  readonly message: string | Buffer
  readonly frame: Buffer
}

/** A private part of engine.io and of ws. */
interface Parts {
  readonly transport?: { readonly socket?: { readonly readyState?: unknown; readonly _socket?: Partial<Tcp> } }
}

/**
 * Writes an engine.io message. Where nothing waits in engine.io or ws before it, the finished frame goes to the TCP socket
 * itself; otherwise it takes its turn behind what waits.
 */
export function writeMessage(
  conn: EngineSocket,
  { message, frame }: FinishedMessage,
  direct: DirectPath | undefined,
): void {
  if (direct?.write(frame)) return
  conn.write(message, { wsPreEncodedFrame: [frame] } as Parameters<EngineSocket['write']>[1])
}

/** The TCP socket of an open WebSocket, now corked; undefined where there is none, or it is none that can be. */
export function cork(conn: object): Tcp | undefined {
  const socket = (conn as Parts).transport?.socket
  const tcp = socket && isOpen(socket) ? socket._socket : undefined
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
