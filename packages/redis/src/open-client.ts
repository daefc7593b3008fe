import { Cluster, Redis, type RedisOptions as ClientOptions } from 'ioredis'
import { assertShardedChannels, checkServer } from './check-server.ts'
import type { RedisClient } from './commands.ts'
import { readAddress, type RedisAddress } from './redis-address.ts'
import type { Settings } from './redis-options.ts'
import { untilReady } from './until-ready.ts'

/**
 * Opens the connection that writes, and never on its own a second time.
 *
 * @throws Error Of one sentence that says what to do.
 */
export async function openClient(settings: Settings, onError: (error: unknown) => void): Promise<RedisClient> {
  const { commandTimeoutMs, deadlineMs } = settings
  const address = readAddress(settings)
  const isCluster = await checkServer(address, deadlineMs, onError)
  const options: ClientOptions = {
    ...timeouts(settings),
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // What was under way when the connection broke is answered at once, not after twenty reconnects.
    maxRetriesPerRequest: 0,
    commandTimeout: commandTimeoutMs,
    retryStrategy,
    reconnectOnError,
  }
  const client = isCluster ? openCluster(address, options) : new Redis({ ...address.client, ...options })
  await untilReady(client.on('error', onError), address, deadlineMs)
  try {
    await assertShardedChannels(address, client instanceof Cluster ? client.nodes('master') : [client])
    return client
  } catch (error) {
    client.disconnect()
    throw error
  }
}

function openCluster({ client }: RedisAddress, options: ClientOptions): Cluster {
  const { host = '', port = 0, db: _, ...login } = client
  const { enableOfflineQueue = true, ...rest } = options
  return new Cluster([{ host, port }], {
    enableOfflineQueue,
    // ioredis would send again what may have been done already.
    retryDelayOnFailover: 0,
    redisOptions: { ...rest, ...login },
  })
}

/** A host that swallows packets costs no more than one that refuses them, so that a failover is found within the deadline. */
function timeouts({ commandTimeoutMs }: Settings): ClientOptions {
  const timeoutMs = Math.max(2_000, commandTimeoutMs)
  return { connectTimeout: timeoutMs, sentinelCommandTimeout: timeoutMs }
}

function retryStrategy(times: number): number {
  return Math.min(2_000, 50 * 2 ** Math.min(times, 10))
}

/** A master that was demoted stays connected; the name or the Sentinels lead to the next one. Nothing is sent again by it. */
function reconnectOnError({ message }: Error): boolean {
  return message.startsWith('READONLY')
}
