import type { Server } from 'node:http'
import type { Contender } from './contender.ts'
import { engineBuffers } from './engine-buffers.ts'
import { listen } from './listen.ts'
import { quoteRoom } from './room-kind.ts'
import { serveSocketIo, type SocketIoServer } from './socket-io-application.ts'

/** How an application on Socket.IO sends. */
export type Sending = Pick<Contender, 'publish' | 'quote'>

/** @param sending Default: each publish as it comes. */
export async function socketIoContender(
  server: Server,
  io: SocketIoServer,
  sending: Sending = sendEach(io),
): Promise<Contender> {
  serveSocketIo(io)
  return {
    ...sending,
    port: await listen(server),
    bufferedBytes: () => engineBuffers(io.engine),
    [Symbol.asyncDispose]: () => io.close(),
  }
}

function sendEach(io: SocketIoServer): Sending {
  return {
    publish: (room, payload) => io.to(room).emit('message', payload),
    quote: (quote) => io.to(quoteRoom).emit('message', quote),
  }
}
