/** The memory of bytes among the values of a message that are the only ones in it: it moves to the other thread instead of being copied. */
export function ownedBuffers(message: unknown): ArrayBuffer[] {
  const values = message instanceof Uint8Array ? [message] : Object.values(message ?? {})
  return values.flatMap((value) => {
    const isOwned = value instanceof Uint8Array && value.byteLength === value.buffer.byteLength
    return isOwned && value.buffer instanceof ArrayBuffer ? [value.buffer] : []
  })
}
