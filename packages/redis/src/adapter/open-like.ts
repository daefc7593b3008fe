import { Cluster, type Redis } from 'ioredis'
import type { RedisClient } from '../commands.ts'

/** Another connection to where `client` leads: the same Redis, the master that Sentinel names, one master of a cluster. */
export function openLike(client: RedisClient, fraction: number): Redis | undefined {
  return modelOf(client, fraction)?.duplicate({
    lazyConnect: false,
    enableOfflineQueue: false,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    commandTimeout: undefined,
    reconnectOnError: null,
    // A broken connection is thrown away, and another one opened.
    retryStrategy: null,
  })
}

function modelOf(client: RedisClient, fraction: number): Redis | undefined {
  if (!(client instanceof Cluster)) return client
  const masters = client.nodes('master')
  return masters[Math.floor(fraction * masters.length)]
}
