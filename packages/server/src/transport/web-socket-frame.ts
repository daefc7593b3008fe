/** Lengths above these need 2 and 8 more bytes in the header (RFC 6455, 5.2). */
const maxShort = 125
const maxMedium = 0xffff

/** FIN, opcode 1: one whole text message. */
const finalText = 0x81
/** FIN, opcode 2: one whole binary message. */
const finalBinary = 0x82
/** engine.io's packet type of a message of text; one of bytes has none. */
const message = '4'

/**
 * The finished WebSocket frame of an engine.io message of text, as a server sends it: not masked, not compressed. One
 * buffer, so that the socket is written once.
 */
export function webSocketFrame(text: string): Buffer {
  const length = 1 + Buffer.byteLength(text)
  const frame = Buffer.allocUnsafe(headerBytes(length) + length)
  const start = writeHeader(frame, finalText, length)
  frame.write(message, start, 'latin1')
  frame.write(text, start + 1, 'utf8')
  return frame
}

/** As `webSocketFrame`, of a message of `length` bytes that the caller writes at the end of the frame. */
export function binaryFrame(length: number): Buffer {
  const frame = Buffer.allocUnsafe(headerBytes(length) + length)
  writeHeader(frame, finalBinary, length)
  return frame
}

function headerBytes(length: number): number {
  return length <= maxShort ? 2 : length <= maxMedium ? 4 : 10
}

/** @returns Where the message begins. */
function writeHeader(frame: Buffer, first: number, length: number): number {
  frame[0] = first
  if (length <= maxShort) {
    frame[1] = length
    return 2
  }
  if (length <= maxMedium) {
    frame[1] = maxShort + 1
    return frame.writeUInt16BE(length, 2)
  }
  frame[1] = maxShort + 2
  return frame.writeBigUInt64BE(BigInt(length), 2)
}
