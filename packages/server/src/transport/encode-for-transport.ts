import { PacketType } from 'socket.io-parser'
import type { Packet } from '../connection/packet.ts'
import { packedFrame, type PackedFrame } from './packed-frame.ts'
import { webSocketFrame } from './web-socket-frame.ts'

/** What engine.io is given: the text, then each attachment; or both in one message. */
export interface EncodedPacket {
  readonly text: string
  readonly attachments: readonly Uint8Array[]
  /** The finished WebSocket frame of `text`, where there are no attachments. */
  readonly frame: Buffer | undefined
  /** Filled by `packed`. */
  packed?: PackedFrame
}

/**
 * Writes a packet as the default Socket.IO encoder would, once for all receivers.
 *
 * @param id Of the event that it answers; absent: it is an event.
 */
export function encodeForTransport(namespace: string, { body, attachments }: Packet, id?: number): EncodedPacket {
  const head = `${namespace === '/' ? '' : `${namespace},`}${id ?? ''}`
  const count = attachments.length
  if (count > 0) return { text: `${id === undefined ? 5 : 6}${count}-${head}${body}`, attachments, frame: undefined }
  const text = `${id === undefined ? 2 : 3}${head}${body}`
  return { text, attachments, frame: webSocketFrame(text) }
}

/** Text and attachments in one message, made once for all receivers that read such. */
export function packed(encoded: EncodedPacket): PackedFrame {
  return (encoded.packed ??= packedFrame(encoded.text, encoded.attachments))
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
