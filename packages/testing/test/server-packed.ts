import { Decoder, Encoder, type Packet } from 'socket.io-parser'

type Part = string | Buffer

/** As section 17 of docs/protocol.md says, and nothing else: every part behind its length. */
export function packed(...parts: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part as string)
      const length = Buffer.alloc(4)
      length.writeUInt32LE(bytes.length)
      return [length, bytes]
    }),
  )
}

/** The text of a packed message, and its attachments. */
export function unpacked(message: Buffer): [text: string, ...attachments: Buffer[]] {
  const parts: Buffer[] = []
  for (let at = 0; at < message.length;) {
    const from = at + 4
    at = from + message.readUInt32LE(at)
    parts.push(message.subarray(from, at))
  }
  const [text, ...attachments] = parts
  return [String(text), ...attachments]
}

/** The parser of a client that reads and sends packed messages; `messages` are those that came. */
export function packedParser(messages: Buffer[] = []) {
  return {
    Encoder: class extends Encoder {
      override encode(packet: Packet): never[] {
        const parts = super.encode(packet) as Part[]
        return (parts.length > 1 ? [packed(...parts)] : parts) as never[]
      }
    },
    Decoder: class extends Decoder {
      override add(message: Part): void {
        if (typeof message === 'string') return super.add(message)
        messages.push(message)
        for (const part of unpacked(message)) super.add(part)
      }
    },
  }
}
