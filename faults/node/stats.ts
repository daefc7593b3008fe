import type { RedisWatch } from './watch-redis-clients.ts'

/** One connection, as ioredis sees it. */
export interface RedisClientStats {
  /** `ready` and so on. */
  readonly status: string
  readonly isSubscriber: boolean
  /** The node's end of it; 0 where there is none. */
  readonly port: number
  /** Commands that were sent and have no answer yet. */
  readonly sent: number
}

/** What a node holds. */
export interface NodeStats {
  readonly heapBytes: number
  readonly timers: number
  readonly connections: number
  readonly redisClients: readonly RedisClientStats[]
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
      port: client.stream?.localPort ?? 0,
      sent: client.commandQueue.length,
    })),
    rangeReads: Object.fromEntries(rangeReads),
  }
}
