export { packedPackets } from './packed-packets.ts'
export type { PacketFormat } from '../packet-format.ts'
