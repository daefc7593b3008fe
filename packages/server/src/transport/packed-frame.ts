import { lengthBytes } from './unpack-message.ts'
import { binaryFrame } from './web-socket-frame.ts'

/** A packed message (section 17 of docs/protocol.md), and the finished WebSocket frame that ends with it. */
export interface PackedFrame {
  readonly message: Buffer
  readonly frame: Buffer
}

/** Written once, into one buffer, however many the receivers are. */
export function packedFrame(text: string, attachments: readonly Uint8Array[]): PackedFrame {
  const textBytes = Buffer.byteLength(text)
  let length = lengthBytes + textBytes
  for (const { byteLength } of attachments) length += lengthBytes + byteLength
  const frame = binaryFrame(length)
  const start = frame.length - length
  let at = frame.writeUInt32LE(textBytes, start)
  at += frame.write(text, at, 'utf8')
  for (const attachment of attachments) {
    frame.set(attachment, frame.writeUInt32LE(attachment.byteLength, at))
    at += lengthBytes + attachment.byteLength
  }
  return { message: frame.subarray(start), frame }
}
