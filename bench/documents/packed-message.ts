/** A packet with bytes as one message: section 17 of docs/protocol.md. */
const lengthBytes = 4

export function pack(text: string, attachment: Uint8Array): Uint8Array {
  const textBytes = Buffer.byteLength(text)
  const message = Buffer.allocUnsafe(2 * lengthBytes + textBytes + attachment.length)
  message.writeUInt32LE(textBytes)
  message.write(text, lengthBytes)
  message.writeUInt32LE(attachment.length, lengthBytes + textBytes)
  message.set(attachment, 2 * lengthBytes + textBytes)
  return message
}

export interface Unpacked {
  readonly text: string
  /** They share the memory of the message. */
  readonly attachments: readonly Uint8Array[]
}

export function unpack(message: Buffer): Unpacked {
  const parts: Buffer[] = []
  for (let at = 0; at < message.length;) {
    const from = at + lengthBytes
    at = from + message.readUInt32LE(at)
    parts.push(message.subarray(from, at))
  }
  const [text, ...attachments] = parts
  return { text: String(text), attachments }
}

/** The bytes that stand for a placeholder. */
export function attached(value: unknown, attachments: readonly Uint8Array[]): Uint8Array {
  const { num } = (value ?? {}) as { readonly num?: number }
  const found = num === undefined ? undefined : attachments[num]
  if (!found) throw new Error(`${JSON.stringify(value)} stands for no bytes of the message`)
  return found
}
