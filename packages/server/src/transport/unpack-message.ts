import { announcedAttachments } from '@millrace/contract'
import { maxAttachments } from '../connection/max-attachments.ts'

/** Each length in a packed message is an unsigned 32 bit number, little-endian. */
export const lengthBytes = 4

/**
 * The text of a packet and its attachments, out of the one message that holds them (section 17 of docs/protocol.md). The
 * attachments share its memory.
 *
 * @throws Error where it is not the text of a packet that announces 1 to 10 attachments, and just these.
 */
export function unpackMessage(message: Buffer): readonly [text: string, attachments: readonly Buffer[]] {
  let at = lengthBytes + message.readUInt32LE(0) // a RangeError beyond the end, here and below
  const text = message.toString('utf8', lengthBytes, at)
  const count = announcedAttachments(text)
  const attachments: Buffer[] = []
  while (attachments.length < count && count <= maxAttachments) {
    const from = at + lengthBytes
    at = from + message.readUInt32LE(at)
    attachments.push(message.subarray(from, at))
  }
  if (attachments.length === 0 || at !== message.length) throw new Error('malformed packed message')
  return [text, attachments]
}
