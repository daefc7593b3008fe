import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface UpgradeProxy extends AsyncDisposable {
  readonly url: string
  /** How many upgrades were asked for. */
  readonly upgrades: () => number
}

/** A proxy in front of a port that rejects every Upgrade with 403, or swallows it: no answer, no end. */
export async function startUpgradeProxy(port: number, treatment: 'reject' | 'swallow'): Promise<UpgradeProxy> {
  const sockets = new Set<Socket>()
  let upgrades = 0
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    track(client)
    client.once('data', (head) => {
      if (/^upgrade: websocket/im.test(head.toString('latin1'))) {
        upgrades += 1
        if (treatment === 'reject')
          client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
        return
      }
      const upstream = connect(port, '127.0.0.1')
      track(upstream)
      upstream.write(head)
      client.pipe(upstream).pipe(client)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    upgrades: () => upgrades,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
