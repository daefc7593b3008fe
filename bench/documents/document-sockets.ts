import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import { listen } from '../contenders/listen.ts'
import { usersByToken } from '../users.ts'

export interface DocumentSockets extends AsyncDisposable {
  readonly port: number
}

/** A server of `ws` with its default options. The path names the document; the token travels in the query. */
export async function openDocumentSockets(
  accept: (socket: WebSocket, document: string, request: IncomingMessage) => void,
): Promise<DocumentSockets> {
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket, request) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bench')
    if (!usersByToken.has(searchParams.get('token') ?? '')) return socket.close(4401, 'unknown token')
    accept(socket, pathname.slice(1), request)
  })
  return {
    port: await listen(server),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}
