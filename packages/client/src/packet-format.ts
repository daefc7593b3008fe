import type { Decoder, Encoder } from 'socket.io-parser'

/** How one connection writes and reads packets, in place of Socket.IO's default parser, of which it is a superset. */
export interface PacketFormat {
  readonly Encoder: new () => Encoder
  readonly Decoder: new () => Decoder
}
