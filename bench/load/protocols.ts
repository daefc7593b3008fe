import type { ContenderName } from '../contenders/contender.ts'
import { millraceProtocol } from './millrace-protocol.ts'
import type { Protocol } from './session.ts'
import { socketIoProtocol } from './socket-io-protocol.ts'
import { wsProtocol } from './ws-protocol.ts'

export const protocols: Readonly<Record<ContenderName, Protocol>> = {
  'socket.io': socketIoProtocol,
  'socket.io-tuned': socketIoProtocol,
  ws: wsProtocol,
  millrace: millraceProtocol,
}
