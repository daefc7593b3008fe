import { wireNames, type WireHello } from '@millrace/contract'
import type { Packet } from 'socket.io-parser'
import type { PacketFormat } from '../packet-format.ts'
import { PackedDecoder, PackedEncoder } from './packed-parser.ts'

/**
 * For `createClient({ packets: packedPackets })`: a packet with bytes travels as one message, to and from servers that do the same;
 * otherwise it is its text and each attachment, one after another.
 */
export function packedPackets(): PacketFormat {
  const encoder = new PackedEncoder()
  const decoder = new PackedDecoder()
  decoder.on('decoded', ({ data }: Packet) => {
    const [name, hello] = Array.isArray(data) ? (data as [string, WireHello]) : []
    if (name === wireNames.hello) encoder.packs = hello?.bytes === 1
  })
  return { Encoder: made(encoder), Decoder: made(decoder) }
}

/** Whoever makes one gets that which knows the other. */
function made<T extends object>(one: T): new () => T {
  return function () {
    return one
  } as unknown as new () => T
}
