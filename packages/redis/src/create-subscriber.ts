import { Redis, type RedisOptions as ClientOptions } from 'ioredis'
import { readAddress } from './redis-address.ts'
import type { Settings } from './redis-options.ts'

/**
 * A connection that only listens. It never reconnects and never subscribes again by itself, since ioredis does not tell where
 * that fails; whoever uses it opens another one in its place. The address is of a cluster's node, else the one in `settings`.
 */
export function createSubscriber(settings: Settings, host?: string, port?: number): Redis {
  const { client } = readAddress(settings)
  const { db: _, ...login } = client
  const timeoutMs = settings.commandTimeoutMs
  const where: ClientOptions = host === undefined || port === undefined ? client : { ...login, host, port }
  return new Redis({
    ...where,
    lazyConnect: true,
    retryStrategy: null,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    commandTimeout: timeoutMs,
    connectTimeout: timeoutMs,
    sentinelCommandTimeout: timeoutMs,
  })
}
