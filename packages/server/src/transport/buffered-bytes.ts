/**
 * Bytes that were given to engine.io and have not left this process: its own write buffer, and what ws and the TCP socket
 * hold. Both are private parts, so each counts only where it looks as it did when this was written; a test fails when an
 * upgrade changes them.
 */
export function bufferedBytes(conn: object): number {
  const { writeBuffer, transport } = conn as {
    writeBuffer?: unknown
    transport?: { socket?: { bufferedAmount?: unknown } }
  }
  const amount = transport?.socket?.bufferedAmount
  let bytes = typeof amount === 'number' ? amount : 0
  if (!Array.isArray(writeBuffer) || writeBuffer.length === 0) return bytes
  for (const packet of writeBuffer as { data?: { length?: number } }[]) bytes += packet.data?.length ?? 0
  return bytes
}
