import { createServer } from 'node:http'
import { Server } from 'socket.io'
import type { Contender } from './contender.ts'
import { quoteRoom } from './room-kind.ts'
import type { SocketIoServer } from './socket-io-application.ts'
import { socketIoContender } from './socket-io-contender.ts'

/** Socket.IO as it comes, everything sent by its `volatile`: lost where the connection is not ready for it. */
export function startVolatileSocketIo(): Promise<Contender> {
  const server = createServer()
  const io: SocketIoServer = new Server(server)
  return socketIoContender(server, io, {
    publish: (room, payload) => io.to(room).volatile.emit('message', payload),
    quote: (quote) => io.to(quoteRoom).volatile.emit('message', quote),
  })
}
