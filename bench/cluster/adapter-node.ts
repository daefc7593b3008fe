import { createServer } from 'node:http'
import { Server, type ServerOptions } from 'socket.io'
import { listen } from '../contenders/listen.ts'
import { serveSocketIo, type SocketIoServer } from '../contenders/socket-io-application.ts'
import type { ClusterNode } from './cluster-node.ts'
import { isVolatile } from './rooms.ts'

export interface AdapterNodeOptions {
  readonly socketIo: Partial<ServerOptions>
  readonly settled: () => Promise<void>
  /** Releases the adapter's connections once Redis has answered what was sent over them. */
  readonly close: () => Promise<unknown>
}

/** Socket.IO as it comes, with the application of the bench and an adapter. */
export async function startAdapterNode({ socketIo, settled, close }: AdapterNodeOptions): Promise<ClusterNode> {
  const server = createServer()
  const io: SocketIoServer = new Server(server, socketIo)
  serveSocketIo(io)
  return {
    port: await listen(server),
    get connections() {
      return io.of('/').sockets.size
    },
    publish(room, payload) {
      const members = io.to(room)
      if (isVolatile(room)) members.volatile.emit('message', payload)
      else members.emit('message', payload)
    },
    settled,
    async [Symbol.asyncDispose]() {
      await io.close()
      await close()
    },
  }
}
