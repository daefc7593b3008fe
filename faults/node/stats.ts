import type { Redis } from 'ioredis'

/** What a node holds. */
export interface NodeStats {
  readonly heapBytes: number
  readonly timers: number
  readonly connections: number
  /** `ready` and so on, as ioredis says it. */
  readonly redisClients: readonly { readonly status: string; readonly isSubscriber: boolean }[]
}

export function readStats(connections: number, clients: ReadonlySet<Redis>): NodeStats {
  globalThis.gc?.()
  return {
    heapBytes: process.memoryUsage().heapUsed,
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
    connections,
    redisClients: [...clients].map((client) => ({
      status: client.status,
      isSubscriber: client.mode === 'subscriber',
    })),
  }
}
