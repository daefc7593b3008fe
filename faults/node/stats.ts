import type { RedisWatch } from './watch-redis-clients.ts'

/** What a node holds. */
export interface NodeStats {
  readonly heapBytes: number
  readonly timers: number
  readonly connections: number
  /** `ready` and so on, as ioredis says it. */
  readonly redisClients: readonly { readonly status: string; readonly isSubscriber: boolean }[]
  /** How often a range of a room's log was read, by its key in Redis. */
  readonly rangeReads: Readonly<Record<string, number>>
}

export function readStats(connections: number, { clients, rangeReads }: RedisWatch): NodeStats {
  globalThis.gc?.()
  return {
    heapBytes: process.memoryUsage().heapUsed,
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
    connections,
    redisClients: [...clients].map((client) => ({
      status: client.status,
      isSubscriber: client.mode === 'subscriber',
    })),
    rangeReads: Object.fromEntries(rangeReads),
  }
}
