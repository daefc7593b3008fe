import { PacketType } from 'socket.io-parser'
import type { Packet } from '../connection/packet.ts'
import { webSocketFrame } from './web-socket-frame.ts'

/** What engine.io is given: the text, then each attachment. */
export interface EncodedPacket {
  readonly text: string
  readonly attachments: readonly Uint8Array[]
  /** The finished WebSocket frame of `text`, where there are no attachments. */
  readonly frame: Buffer | undefined
}

/** Writes a packet as the default Socket.IO encoder would, once for all receivers. */
export function encodeForTransport(namespace: string, packet: Packet): EncodedPacket {
  const prefix = namespace === '/' ? '' : `${namespace},`
  const count = packet.attachments.length
  if (count > 0) return { text: `5${count}-${prefix}${packet.body}`, attachments: packet.attachments, frame: undefined }
  const text = `2${prefix}${packet.body}`
  return { text, attachments: [], frame: webSocketFrame(text) }
}

/**
 * Whether text that we write is what the server's encoder would write. False for another parser (msgpack, an upgrade with
 * another format): then packets are sent one by one as objects.
 */
export function encodesAsText(encoder: { encode(packet: object): unknown[] }): boolean {
  const event = { type: PacketType.EVENT, nsp: '/a', data: ['e', { b: 1 }] }
  const ours = encodeForTransport('/a', { body: '["e",{"b":1}]', attachments: [] })
  const [text, ...rest] = encoder.encode(event)
  return text === ours.text && rest.length === 0
}
