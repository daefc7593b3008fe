import { once } from 'node:events'
import type { Server } from 'node:net'

/** Listens on a free port of the loopback interface and returns it. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new Error('a server of the bench listens on a TCP port; start it again')
  return address.port
}
