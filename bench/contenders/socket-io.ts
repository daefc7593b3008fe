import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { publishedRoom, type Contender } from './contender.ts'
import { listen } from './listen.ts'
import { serveSocketIo, type SocketIoServer } from './socket-io-application.ts'

/** Socket.IO as it comes. */
export async function startSocketIo(): Promise<Contender> {
  const server = createServer()
  const io: SocketIoServer = new Server(server)
  serveSocketIo(io)
  return {
    port: await listen(server),
    publish: (payload) => io.to(publishedRoom).emit('message', payload),
    [Symbol.asyncDispose]: () => io.close(),
  }
}
