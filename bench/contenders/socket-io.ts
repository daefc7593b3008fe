import { createServer } from 'node:http'
import { Server } from 'socket.io'
import type { Contender } from './contender.ts'
import { socketIoContender } from './socket-io-contender.ts'

/** Socket.IO as it comes. */
export function startSocketIo(): Promise<Contender> {
  const server = createServer()
  return socketIoContender(server, new Server(server))
}
