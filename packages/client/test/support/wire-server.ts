import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Namespace, type Socket } from 'socket.io'

export interface WireServer extends AsyncDisposable {
  readonly port: number
  readonly url: string
  readonly io: Server
  readonly http: HttpServer
  /** The handshakes' auth data, in order. */
  readonly handshakes: Readonly<Record<string, unknown>>[]
  readonly chat: Namespace
}

export type Ack = (answer: unknown) => void

/** A real Socket.IO server that greets as the wire demands. Tests add the rest with `each`. */
export async function startWireServer(each: (socket: Socket) => void = () => {}): Promise<WireServer> {
  const http = createServer()
  const io = new Server(http, { serveClient: false, pingInterval: 15_000, pingTimeout: 8_000 })
  const handshakes: Record<string, unknown>[] = []
  const chat = io.of('/chat')
  chat.use((socket, next) => {
    handshakes.push(socket.handshake.auth)
    next()
  })
  chat.on('connection', (socket) => {
    socket.emit('~hello', { node: 'n1', connection: socket.id, at: 0, maxPayloadBytes: 64_000, fingerprint: '' })
    each(socket)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    io,
    http,
    handshakes,
    chat,
    async [Symbol.asyncDispose]() {
      await io.close()
    },
  }
}
