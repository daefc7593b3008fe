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

export interface OwnStats {
  readonly connections: number
  /** What its store could not read and stepped past. */
  readonly skipped: number
  /** Heard from other nodes through Socket.IO's adapter. */
  readonly shouts: number
}

/** What a node holds. */
export interface NodeStats extends OwnStats {
  readonly heapBytes: number
  readonly timers: number
  readonly redisClients: readonly RedisClientStats[]
  /** How often a range of a room's log was read, by its key in Redis. */
  readonly rangeReads: Readonly<Record<string, number>>
}

export function readStats(own: OwnStats, { clients, rangeReads }: RedisWatch): NodeStats {
  globalThis.gc?.()
  return {
    ...own,
    heapBytes: process.memoryUsage().heapUsed,
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
    redisClients: [...clients].map((client) => ({
      status: client.status,
      isSubscriber: client.mode === 'subscriber',
      port: client.stream?.localPort ?? 0,
      sent: client.commandQueue.length,
    })),
    rangeReads: Object.fromEntries(rangeReads),
  }
}
