import { Cluster, Redis, type RedisOptions as ClientOptions } from 'ioredis'
import { messageOf } from './command-fault.ts'
import type { RedisClient } from './commands.ts'
import type { Settings } from './redis-options.ts'

export interface Clients {
  /** Writes, and never on its own a second time. */
  readonly commands: RedisClient
  /** Only listens; whoever doubts it may throw it away, with `disconnect()`. */
  readonly subscriber: RedisClient
  /** Another one, ready, in its place. Whoever opens it disconnects it. @throws Error Where it is not ready within the deadline. */
  openSubscriber(): Promise<RedisClient>
}

/** Opens and closes connections of a URL. @throws Error Of one sentence that says what to do. */
export async function openClients(settings: Settings, onError: (error: unknown) => void): Promise<Clients> {
  const isCluster = await checkServer(settings, onError)
  const open = (options: ClientOptions): RedisClient => {
    const client = isCluster ? openCluster(settings, options) : new Redis(settings.url, options)
    return client.on('error', onError)
  }
  const commands = open({
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // What was under way when the connection broke is answered at once, not after twenty reconnects.
    maxRetriesPerRequest: 0,
    commandTimeout: settings.commandTimeoutMs,
    retryStrategy,
  })
  const openSubscriber = (): Promise<RedisClient> =>
    orDisconnect(open({ commandTimeout: settings.commandTimeoutMs, retryStrategy }), settings)
  const [first, second] = await Promise.allSettled([orDisconnect(commands, settings), openSubscriber()])
  if (first.status === 'fulfilled' && second.status === 'fulfilled') {
    return { commands, subscriber: second.value, openSubscriber }
  }
  for (const opened of [first, second]) if (opened.status === 'fulfilled') opened.value.disconnect()
  throw first.status === 'rejected' ? first.reason : (second as PromiseRejectedResult).reason
}

export function closeClients({ commands, subscriber }: Pick<Clients, 'commands' | 'subscriber'>): void {
  commands.disconnect()
  subscriber.disconnect()
}

function openCluster(settings: Settings, redisOptions: ClientOptions): Cluster {
  const { hostname, port, username, password, protocol } = new URL(settings.url)
  const { enableOfflineQueue = true, ...rest } = redisOptions
  return new Cluster([{ host: hostname, port: Number(port || 6379) }], {
    enableOfflineQueue,
    // Without it messages of sharded channels silently do not arrive.
    shardedSubscribers: true,
    // ioredis would send again what may have been done already.
    retryDelayOnFailover: 0,
    redisOptions: {
      ...rest,
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' ? { tls: {} } : {}),
    },
  })
}

function retryStrategy(times: number): number {
  return Math.min(2_000, 50 * 2 ** Math.min(times, 10))
}

/** @returns Whether it is a node of a Redis Cluster. */
async function checkServer(settings: Settings, onError: (error: unknown) => void): Promise<boolean> {
  const probe = new Redis(settings.url, { lazyConnect: true, retryStrategy: null, connectTimeout: settings.deadlineMs })
  let lastError: unknown
  probe.on('error', (error) => (lastError = error))
  let info: string
  try {
    await probe.connect()
    info = await probe.info()
  } catch (error) {
    throw new Error(refusal(settings, messageOf(lastError ?? error)), { cause: error })
  } finally {
    probe.disconnect()
  }
  const version = /^redis_version:(\d+)/m.exec(info)?.[1]
  if (Number(version ?? 0) < 7)
    throw new Error(`Redis ${version ?? ''} is too old for sharded channels; run Redis 7 or newer`)
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'noeviction'
  if (policy !== 'noeviction') {
    onError(new Error(`Redis may drop keys when memory is short (${policy}); set maxmemory-policy noeviction`))
  }
  return /^cluster_enabled:1/m.test(info)
}

async function orDisconnect(client: RedisClient, settings: Settings): Promise<RedisClient> {
  try {
    await untilReady(client, settings)
    return client
  } catch (error) {
    client.disconnect()
    throw error
  }
}

async function untilReady(client: RedisClient, settings: Settings): Promise<void> {
  if (client.status !== 'ready') await becomeReady(client, settings)
  // A cluster's connections wait for their first command, and refuse the second while they connect.
  if (!(client instanceof Cluster)) return
  const nodes = client.nodes('master').filter((node) => node.status !== 'ready')
  await Promise.all(nodes.map((node) => (node.status === 'wait' ? node.connect() : becomeReady(node, settings))))
}

async function becomeReady(client: RedisClient, settings: Settings): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(refusal(settings, 'it takes too long'))), settings.deadlineMs)
    client.once('ready', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** One sentence that says what to do. */
export function refusal({ url }: Settings, reason: string): string {
  return `Redis at ${withoutPassword(url)} cannot be used (${reason}); check REDIS_URL, the user's rights and that it runs`
}

function withoutPassword(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an unreadable URL'
}
