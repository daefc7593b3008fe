/** Private parts of engine.io, ws and Node's sockets. */
interface Parts {
  readonly writeBuffer?: unknown
  readonly transport?: {
    readonly socket?: {
      readonly bufferedAmount?: unknown
      readonly _socket?: { readonly _handle?: { readonly writeQueueSize?: unknown } | null } | null
    }
  } | null
}

/**
 * Bytes that were given to engine.io and have not left this process: its own write buffer, and what ws and the TCP socket
 * hold. Both are private parts, so each counts only where it looks as it did when this was written; a test fails when an
 * upgrade changes them.
 */
export function bufferedBytes(conn: object): number {
  const { writeBuffer, transport } = conn as Parts
  const amount = transport?.socket?.bufferedAmount
  let bytes = typeof amount === 'number' ? amount : 0
  if (!Array.isArray(writeBuffer) || writeBuffer.length === 0) return bytes
  for (const packet of writeBuffer as { data?: { length?: number } }[]) bytes += packet.data?.length ?? 0
  return bytes
}

/** As `bufferedBytes`, and what libuv holds: the others count a write until all of it has left, libuv each part of it. */
export function backlog(conn: object): number {
  const left = (conn as Parts).transport?.socket?._socket?._handle?.writeQueueSize
  return bufferedBytes(conn) + (typeof left === 'number' ? left : 0)
}
