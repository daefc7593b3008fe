import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { claimPort } from './claim-port.ts'

/**
 * Below those that a system gives to outgoing connections (Linux from 32768, others from 49152): such a connection could take
 * the port before its server listens, or while it starts again. A node of a Redis Cluster takes the port 10,000 above it too.
 */
const [lowest, count] = [10_000, 10_000]

/** A port that nobody listens on, and that no other call in any process of this machine answers while this one lives. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = lowest + randomInt(count)
    if (claimPort(port) && (await isFree(port)) && (await isFree(port + count))) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const listener = createServer()
  try {
    await once(listener.listen(port, '127.0.0.1'), 'listening')
  } catch {
    return false
  }
  listener.close()
  await once(listener, 'close')
  return true
}
