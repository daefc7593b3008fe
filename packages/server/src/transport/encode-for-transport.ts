import { PacketType } from 'socket.io-parser'
import * as ws from 'ws'
import type { Packet } from '../connection/packet.ts'

/** What engine.io is given: the text, then each attachment. */
export interface EncodedPacket {
  readonly text: string
  readonly attachments: readonly Uint8Array[]
  /** engine.io writes `wsPreEncodedFrame` as it is, where it can; otherwise it frames `text` itself. */
  readonly options: { wsPreEncodedFrame?: readonly Buffer[] }
}

/** Writes a packet as the default Socket.IO encoder would, once for all receivers. */
export function encodeForTransport(namespace: string, packet: Packet): EncodedPacket {
  const prefix = namespace === '/' ? '' : `${namespace},`
  const count = packet.attachments.length
  if (count > 0) return { text: `5${count}-${prefix}${packet.body}`, attachments: packet.attachments, options: {} }
  const text = `2${prefix}${packet.body}`
  return { text, attachments: [], options: canFrame ? { wsPreEncodedFrame: [webSocketFrame(text)] } : {} }
}

interface FrameSender {
  frame(data: Buffer, options: object): Buffer[]
}

/** ws exports it without documentation or types; without it every receiver's text is framed anew, which is only slower. */
const sender = (ws as { Sender?: Partial<FrameSender> }).Sender
const canFrame = typeof sender?.frame === 'function'

/** One buffer, so that the socket is written once. `4` is engine.io's type of a message. */
function webSocketFrame(text: string): Buffer {
  const options = { readOnly: false, mask: false, rsv1: false, opcode: 1, fin: true }
  return Buffer.concat((sender as FrameSender).frame(Buffer.from(`4${text}`), options))
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
