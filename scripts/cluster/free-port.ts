import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the ports of outgoing connections, one of which could have it before its server listens, or while it starts again. */
const [lowest, count] = [20_000, 10_000]

/**
 * @param port 0 lets this function choose one.
 * @returns The port, which nobody listens on now.
 * @throws Error of one sentence where it is taken or may not be used.
 */
export async function freePort(port = 0): Promise<number> {
  const wanted = port === 0 ? lowest + randomInt(count) : port
  const listener = createServer()
  try {
    await once(listener.listen(wanted), 'listening')
  } catch (cause) {
    if (port === 0) return freePort()
    throw new Error(`port ${port} is taken, or may not be used; stop what listens there or set PORT to another one`, {
      cause,
    })
  }
  listener.close()
  await once(listener, 'close')
  return wanted
}
