import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port that nobody listens on. Below 55536, since a node of a Redis Cluster takes the port 10000 above it too. */
export async function freePort(): Promise<number> {
  for (;;) {
    const listener = createServer().listen(0, '127.0.0.1')
    await once(listener, 'listening')
    const address = listener.address()
    listener.close()
    await once(listener, 'close')
    if (typeof address === 'object' && address !== null && address.port < 55_536) return address.port
  }
}
