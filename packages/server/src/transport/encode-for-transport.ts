import { PacketType } from 'socket.io-parser'
import type { Packet } from '../connection/packet.ts'
import { PackedFrame } from './packed-frame.ts'
import { webSocketFrame } from './web-socket-frame.ts'
import type { FinishedMessage } from './write-message.ts'

/** What engine.io is given: the text, then each attachment; or all in one finished message. */
export interface EncodedPacket {
  readonly text: string
  readonly attachments: readonly Uint8Array[]
  /** Filled by `finished`. */
  finished?: FinishedMessage
}

/**
 * Writes a packet as the default Socket.IO encoder would, once for all receivers.
 *
 * @param id Of the event that it answers; absent: it is an event.
 */
export function encodeForTransport(namespace: string, { body, attachments }: Packet, id?: number): EncodedPacket {
  const head = `${namespace === '/' ? '' : `${namespace},`}${id ?? ''}`
  const count = attachments.length
  if (count > 0) return { text: `${id === undefined ? 5 : 6}${count}-${head}${body}`, attachments }
  return { text: `${id === undefined ? 2 : 3}${head}${body}`, attachments }
}

/** A packet as one message, packed where it has attachments; made once for all receivers that read it. */
export function finished(encoded: EncodedPacket): FinishedMessage {
  const { text, attachments } = encoded
  return (encoded.finished ??=
    attachments.length > 0 ? new PackedFrame(text, attachments) : { message: text, frame: webSocketFrame(text) })
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
