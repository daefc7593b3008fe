import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/**
 * @param port 0 lets the system choose one.
 * @returns The port, which nobody listens on now.
 * @throws Error of one sentence where it is taken or may not be used.
 */
export async function freePort(port = 0): Promise<number> {
  const listener = createServer()
  try {
    await once(listener.listen(port), 'listening')
  } catch (cause) {
    throw new Error(`port ${port} is taken, or may not be used; stop what listens there or set PORT to another one`, {
      cause,
    })
  }
  const { port: found } = listener.address() as AddressInfo
  listener.close()
  await once(listener, 'close')
  return found
}
