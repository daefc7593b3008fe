import { once } from 'node:events'
import { Redis } from 'ioredis'
import type { StoreConnection } from './store-contender.ts'

/** `PUBLISH` and nothing else: nothing is stored, and nobody learns that something was missed. */
export async function openBareConnection(url: string): Promise<StoreConnection> {
  const redis = new Redis(url)
  await once(redis, 'ready')
  return { publish: (room, text) => redis.publish(room, text), close: () => redis.disconnect() }
}
