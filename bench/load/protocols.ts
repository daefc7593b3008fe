import type { ClusterContenderName } from '../cluster/cluster-node.ts'
import type { ContenderName } from '../contenders/contender.ts'
import { millraceProtocol } from './millrace-protocol.ts'
import type { Protocol } from './session.ts'
import { socketIoProtocol } from './socket-io-protocol.ts'
import { wsProtocol } from './ws-protocol.ts'

export const protocols: Readonly<Record<ContenderName | ClusterContenderName, Protocol>> = {
  'socket.io': socketIoProtocol,
  'socket.io-tuned': socketIoProtocol,
  'socket.io-volatile': socketIoProtocol,
  'socket.io-by-hand': socketIoProtocol,
  ws: wsProtocol,
  millrace: millraceProtocol,
  'redis-adapter': socketIoProtocol,
  'redis-adapter-sharded': socketIoProtocol,
  'redis-streams-adapter': socketIoProtocol,
}
