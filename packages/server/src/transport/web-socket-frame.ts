/** Lengths above these need 2 and 8 more bytes in the header (RFC 6455, 5.2). */
const maxShort = 125
const maxMedium = 0xffff

/** FIN, opcode 1: one whole text message. */
const finalText = 0x81
/** engine.io's packet type of a message. */
const message = '4'

/**
 * The finished WebSocket frame of an engine.io message, as a server sends it: not masked, not compressed. One buffer, so
 * that the socket is written once.
 */
export function webSocketFrame(text: string): Buffer {
  const length = 1 + Buffer.byteLength(text)
  const header = length <= maxShort ? 2 : length <= maxMedium ? 4 : 10
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = finalText
  if (header === 2) {
    frame[1] = length
  } else if (header === 4) {
    frame[1] = maxShort + 1
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = maxShort + 2
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(message, header, 'latin1')
  frame.write(text, header + 1, 'utf8')
  return frame
}
