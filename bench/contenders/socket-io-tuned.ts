import { createServer } from 'node:http'
import { Server } from 'socket.io'
import type { Contender } from './contender.ts'
import type { SocketIoServer } from './socket-io-application.ts'
import { socketIoContender } from './socket-io-contender.ts'

/**
 * Socket.IO as an expert sets it up for WebSocket only. Deflate is off by default already.
 * Source for the dropped request: https://socket.io/docs/v4/memory-usage/
 */
export function startTunedSocketIo(): Promise<Contender> {
  const server = createServer()
  const io: SocketIoServer = new Server(server, {
    transports: ['websocket'],
    allowUpgrades: false,
    serveClient: false,
    httpCompression: false,
    perMessageDeflate: false,
  })
  io.engine.on('connection', (connection: { request: unknown }) => {
    connection.request = null
  })
  return socketIoContender(server, io)
}
