import { announcedAttachments } from '@millrace/contract'
import { Decoder, Encoder, PacketType, type Packet } from 'socket.io-parser'

/** What Engine.IO carries as one message. Attachments come as an ArrayBuffer each in browsers, as a Buffer in Node. */
export type Message = string | Uint8Array | ArrayBuffer

/** Each length in a packed message (section 17 of docs/protocol.md). */
const lengthBytes = 4

/** The default encoder; a packet with bytes becomes one message where the server reads such. */
export class PackedEncoder extends Encoder {
  packs = false

  /** @returns Messages, one after another. With its credentials the client says that it reads packed ones. */
  override encode(packet: Packet): Message[] {
    const isConnect = packet.type === PacketType.CONNECT
    const parts = super.encode(isConnect ? { ...packet, data: { ...packet.data, bytes: 1 } } : packet) as Message[]
    return this.packs && parts.length > 1 ? [pack(parts)] : parts
  }
}

/** The default decoder; bytes that no text announced are a packed message. */
export class PackedDecoder extends Decoder {
  #announced = 0

  override add(message: Message): void {
    if (typeof message === 'string') {
      super.add(message)
      this.#announced = announcedAttachments(message)
    } else if (this.#announced > 0) {
      this.#announced -= 1
      super.add(message)
    } else {
      const [head, ...attachments] = unpack(message)
      const text = new TextDecoder().decode(head)
      if (announcedAttachments(text) !== attachments.length || attachments.length === 0) throw malformed()
      this.add(text)
      for (const attachment of attachments) this.add(attachment)
    }
  }
}

function unpack(message: Uint8Array | ArrayBuffer): (Uint8Array | ArrayBuffer)[] {
  const { length, buffer, byteOffset } = new Uint8Array(message)
  const view = new DataView(buffer, byteOffset)
  const parts = []
  for (let at = 0; at < length;) {
    const from = at + lengthBytes
    at = from + view.getUint32(at, true)
    if (at > length) throw malformed()
    parts.push(message.slice(from, at))
  }
  return parts
}

function malformed(): Error {
  return new Error('malformed packed message')
}

function pack(parts: readonly Message[]): Uint8Array {
  const all = parts.map((part) => new Uint8Array(typeof part === 'string' ? new TextEncoder().encode(part) : part))
  const message = new Uint8Array(all.reduce((sum, { length }) => sum + lengthBytes + length, 0))
  const view = new DataView(message.buffer)
  let at = 0
  for (const part of all) {
    view.setUint32(at, part.length, true)
    message.set(part, at + lengthBytes)
    at += lengthBytes + part.length
  }
  return message
}
