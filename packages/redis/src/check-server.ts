import { Redis } from 'ioredis'
import { messageOf } from './command-fault.ts'
import type { RedisAddress } from './redis-address.ts'
import { refusal } from './refusal.ts'

/** @returns Whether it is a node of a Redis Cluster. @throws Error Of one sentence that says what to do. */
export async function checkServer(
  address: RedisAddress,
  timeoutMs: number,
  onError: (error: unknown) => void,
): Promise<boolean> {
  const probe = new Redis({
    ...address.client,
    lazyConnect: true,
    retryStrategy: null,
    sentinelRetryStrategy: () => null,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    sentinelCommandTimeout: timeoutMs,
    // Its answer is asked for below, and a replica's is told in a sentence.
    enableReadyCheck: false,
  })
  // What each Sentinel said comes before the error that none is left.
  const errors: unknown[] = []
  for (const event of ['error', 'sentinelError']) probe.on(event, (error: unknown) => errors.push(error))
  try {
    await probe.connect()
    const info = await probe.info()
    assertUsable(address, info)
    for (const problem of await problemsOf(probe, info)) onError(new Error(`${address.label} ${problem}`))
    return /^cluster_enabled:1/m.test(info)
  } catch (error) {
    if (error instanceof UnfitRedis) throw error
    const reasons = [...errors, error].map(messageOf)
    if (reasons.some((reason) => /No such master|invalid reply: null/.test(reason))) {
      throw new UnfitRedis(`${address.label} is unknown to that Sentinel; check the master's name`)
    }
    throw new Error(refusal(address.label, reasons[0] ?? ''), { cause: error })
  } finally {
    probe.disconnect()
  }
}

/** @throws Error Where rooms could not be subscribed to, as behind some proxies. */
export async function assertShardedChannels(address: RedisAddress, nodes: readonly Redis[]): Promise<void> {
  for (const node of nodes) {
    // Where the user may not ask, the first use tells.
    const found: unknown = await node.command('INFO', 'SPUBLISH', 'SSUBSCRIBE').catch(() => [])
    if (!(Array.isArray(found) && (found as unknown[]).includes(null))) continue
    const { host, port } = node.options
    throw new UnfitRedis(
      `${address.label} has no sharded channels on ${host}:${port} (SPUBLISH, SSUBSCRIBE); run Redis 7 or newer there, without a proxy`,
    )
  }
}

class UnfitRedis extends Error {}

function assertUsable({ label, client }: RedisAddress, info: string): void {
  if (/^redis_mode:sentinel/m.test(info)) {
    throw new UnfitRedis(`${label} is a Sentinel; write redis+sentinel://host:port/name with the name of its master`)
  }
  const version = /^redis_version:(\d+)/m.exec(info)?.[1]
  if (Number(version ?? 0) < 7) {
    throw new UnfitRedis(`${label} is of version ${version ?? '?'}, which lacks what rooms need; run Redis 7 or newer`)
  }
  const isCluster = /^cluster_enabled:1/m.test(info)
  if (isCluster || !/^role:slave/m.test(info)) return
  const advice =
    client.sentinels === undefined
      ? 'give the address of the master or of the Sentinels'
      : 'start again when the Sentinels have finished the failover'
  throw new UnfitRedis(`${label} is a replica, which takes no writes; ${advice}`)
}

/** What Redis can be used with, but should not. */
async function problemsOf(probe: Redis, info: string): Promise<string[]> {
  const problems: string[] = []
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'noeviction'
  if (policy !== 'noeviction') {
    problems.push(`may drop keys when memory is short (${policy}); set maxmemory-policy noeviction`)
  }
  if (/^aof_enabled:0/m.test(info) && (await hasNoSavePoints(probe))) {
    problems.push('keeps nothing on disk, so that a restart loses every history; set appendonly yes or save points')
  }
  return problems
}

/** False where Redis does not tell, as services that manage it do not. */
async function hasNoSavePoints(probe: Redis): Promise<boolean> {
  const [, save] = await probe.config('GET', 'save').then(
    (reply) => (Array.isArray(reply) ? (reply as unknown[]) : []),
    () => [],
  )
  return save === ''
}
