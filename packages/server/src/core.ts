/**
 * The server without its transport, for test kits and transports of one's own. What stands here may change with any
 * version; applications import `@millrace/server`.
 */
export { openNode, closeNode, type NodeParts } from './open-node.ts'
export { drain, type DrainOptions } from './drain.ts'
export type { Node } from './node.ts'
export { Namespace } from './namespace.ts'
export { openConnection } from './connection/open-connection.ts'
export { acceptPeer, endPeer, welcomePeer } from './connection/peer-life.ts'
export type { Connection } from './connection/connection.ts'
export type { Peer } from './connection/peer.ts'
export type { Link } from './connection/link.ts'
export type { Packet } from './connection/packet.ts'
export { receive } from './pipeline/receive.ts'
export { Singleton, type SingletonParts } from './singleton/singleton.ts'
export { RoomHandle } from './room/room-handle.ts'
export { systemClock } from './system-clock.ts'
export { systemRandom } from './system-random.ts'
