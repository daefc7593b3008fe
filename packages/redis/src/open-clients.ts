import { Cluster, Redis, type RedisOptions as ClientOptions } from 'ioredis'
import { assertShardedChannels, checkServer } from './check-server.ts'
import type { RedisClient } from './commands.ts'
import { readAddress, type RedisAddress } from './redis-address.ts'
import type { Settings } from './redis-options.ts'
import { untilReady } from './until-ready.ts'

export interface Clients {
  /** Writes, and never on its own a second time. */
  readonly commands: RedisClient
  /** Only listens; whoever doubts it may throw it away, with `disconnect()`. */
  readonly subscriber: RedisClient
  /** Another one, ready, in its place. Whoever opens it disconnects it. @throws Error Where it is not ready within the deadline. */
  openSubscriber(): Promise<RedisClient>
}

/** Opens and closes connections. @throws Error Of one sentence that says what to do. */
export async function openClients(settings: Settings, onError: (error: unknown) => void): Promise<Clients> {
  const { commandTimeoutMs, deadlineMs } = settings
  const address = readAddress(settings)
  const isCluster = await checkServer(address, deadlineMs, onError)
  const open = async (options: ClientOptions): Promise<RedisClient> => {
    const all = { ...timeouts(settings), ...options }
    const client = isCluster ? openCluster(address, all) : new Redis({ ...address.client, ...all })
    return untilReady(client.on('error', onError), address, deadlineMs)
  }
  const openSubscriber = (): Promise<RedisClient> => open({ commandTimeout: commandTimeoutMs, retryStrategy })
  const commands = await open({
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // What was under way when the connection broke is answered at once, not after twenty reconnects.
    maxRetriesPerRequest: 0,
    commandTimeout: commandTimeoutMs,
    retryStrategy,
    reconnectOnError,
  })
  try {
    await assertShardedChannels(address, commands instanceof Cluster ? commands.nodes('master') : [commands])
    return { commands, subscriber: await openSubscriber(), openSubscriber }
  } catch (error) {
    commands.disconnect()
    throw error
  }
}

export function closeClients({ commands, subscriber }: Pick<Clients, 'commands' | 'subscriber'>): void {
  commands.disconnect()
  subscriber.disconnect()
}

function openCluster({ client }: RedisAddress, options: ClientOptions): Cluster {
  const { host = '', port = 0, db: _, ...login } = client
  const { enableOfflineQueue = true, ...rest } = options
  return new Cluster([{ host, port }], {
    enableOfflineQueue,
    // Without it messages of sharded channels silently do not arrive.
    shardedSubscribers: true,
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
