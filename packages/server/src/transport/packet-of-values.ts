import { Encoder, PacketType } from 'socket.io-parser'
import { packet, type Packet } from '../connection/packet.ts'
import { hasBytes } from '../has-bytes.ts'

/** An event that may hold bytes anywhere, as the default encoder would write it. */
export function packetOfValues(event: string, argument: unknown): Packet {
  return hasBytes(argument) ? packetWithBytes([event, argument]) : packet(event, argument)
}

/** The values of a packet that hold bytes somewhere. */
export function packetWithBytes(values: readonly unknown[]): Packet {
  const [text, ...attachments] = new Encoder().encode({ type: PacketType.EVENT, nsp: '/', data: values })
  const head = String(text)
  return { body: head.slice(head.indexOf('[')), attachments: attachments as Uint8Array[] }
}
