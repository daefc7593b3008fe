import { lengthBytes } from './unpack-message.ts'
import { binaryFrame } from './web-socket-frame.ts'

/** A packed message (section 17 of docs/protocol.md) in its finished WebSocket frame. */
export class PackedFrame {
  readonly frame: Buffer
  readonly #start: number

  /** Written once, into one buffer, however many the receivers are. */
  constructor(text: string, attachments: readonly Uint8Array[]) {
    const textBytes = Buffer.byteLength(text)
    let length = lengthBytes + textBytes
    for (const { byteLength } of attachments) length += lengthBytes + byteLength
    const frame = binaryFrame(length)
    this.frame = frame
    this.#start = frame.length - length
    let at = frame.writeUInt32LE(textBytes, this.#start)
    at += frame.write(text, at, 'utf8')
    for (const attachment of attachments) {
      frame.set(attachment, frame.writeUInt32LE(attachment.byteLength, at))
      at += lengthBytes + attachment.byteLength
    }
  }

  /** The message alone, which shares the frame's memory. */
  get message(): Buffer {
    return this.frame.subarray(this.#start)
  }
}
