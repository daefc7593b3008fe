import { Decoder, Encoder, type Packet, type PacketType } from 'socket.io-parser'
import type { WirePacket } from './wire.ts'

const encoder = new Encoder()

/** A packet as Socket.IO's own encoder writes it: values become JSON text, bytes become attachments. */
export function encodePacket(type: PacketType, namespace: string, data: unknown, id?: number): WirePacket {
  const packet = { type, nsp: namespace, data, ...(id === undefined ? {} : { id }) }
  return encoder.encode(packet as Packet) as (string | Buffer)[]
}

/** @throws Error for what Socket.IO's decoder refuses. */
export function decodePacket(packet: WirePacket): Packet {
  const decoder = new Decoder()
  let decoded: Packet | undefined
  decoder.on('decoded', (value: Packet) => (decoded = value))
  for (const chunk of packet) decoder.add(typeof chunk === 'string' ? chunk : Buffer.from(chunk))
  if (decoded === undefined)
    throw new Error(`an attachment of ${String(packet[0])} is missing; write all of a packet at once`)
  return decoded
}

/** Bytes of what a packet carries: its JSON and its attachments, without type, namespace and id. */
export function bodyBytes([text, ...attachments]: WirePacket): number {
  const head = String(text)
  return [head.slice(head.indexOf('[')), ...attachments].reduce((sum, chunk) => sum + Buffer.byteLength(chunk), 0)
}
