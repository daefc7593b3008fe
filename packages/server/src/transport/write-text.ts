import type { Socket } from 'socket.io'

type EngineSocket = Socket['conn']

/** Private parts of engine.io and ws; whatever is not as expected sends the text on its ordinary path. */
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
      readonly _socket?: { readonly writable?: unknown; write?(frame: Buffer): boolean }
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
 *
 * @param frame `webSocketFrame(text)`, made once however many the receivers are.
 */
export function writeText(conn: EngineSocket, text: string, frame: Buffer): void {
  if (!writeFinished(conn as unknown as Parts, frame)) {
    conn.write(text, { wsPreEncodedFrame: [frame] } as Parameters<EngineSocket['write']>[1])
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

/** Calls `drained` once, when the TCP socket of a WebSocket has written everything. Returns what undoes it. */
export function onceTcpDrained(conn: EngineSocket, drained: () => void): () => void {
  const tcp = (conn as unknown as Parts).transport?.socket?._socket as NodeJS.EventEmitter | undefined
  tcp?.on('drain', drained)
  return () => tcp?.off('drain', drained)
}
