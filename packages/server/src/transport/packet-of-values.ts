import { Encoder, PacketType } from 'socket.io-parser'
import { packet, type Packet } from '../connection/packet.ts'
import { hasBytes } from '../has-bytes.ts'

/** An event that may hold bytes anywhere, as the default encoder would write it. */
export function packetOfValues(event: string, argument: unknown): Packet {
  if (!hasBytes(argument)) return packet(event, argument)
  const [text, ...attachments] = new Encoder().encode({ type: PacketType.EVENT, nsp: '/', data: [event, argument] })
  const head = String(text)
  return { body: head.slice(head.indexOf('[')), attachments: attachments as Buffer[] }
}
