import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

export interface Echo extends AsyncDisposable {
  readonly port: number
  readonly sockets: Socket[]
}

/** Says what it hears, after its name. */
export async function startEcho(name = ''): Promise<Echo> {
  const sockets: Socket[] = []
  const server: Server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => socket.destroy()).on('data', (data) => socket.write(name + String(data)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
