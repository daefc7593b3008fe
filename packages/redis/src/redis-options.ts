import { probeTiming, type HealthTiming } from './subscription-health.ts'

export interface SentinelAddress {
  readonly host: string
  /** Default 26379. */
  readonly port?: number
}

/** Where Redis is. */
export type RedisPlace = AtAddress | BehindSentinels

interface AtAddress {
  /**
   * `redis://[user:password@]host:port[/database]`, or `rediss://` for TLS. Of a Redis Cluster: any of its nodes. Behind Sentinels:
   * `redis+sentinel://[user:password@]host:port,host:port/name[/database][?sentinelPassword=...]`, or `rediss+sentinel://`; the
   * user and the password are Redis's.
   */
  readonly url: string
  readonly sentinels?: never
}

interface BehindSentinels {
  readonly url?: never
  /** Any of them suffices. They are asked for the master again whenever a connection is opened. */
  readonly sentinels: readonly SentinelAddress[]
  /** What the Sentinels call the master. */
  readonly name: string
  readonly username?: string
  readonly password?: string
  readonly sentinelPassword?: string
  /** Default 0. */
  readonly database?: number
  /** TLS to the Sentinels and to Redis. Default false. */
  readonly tls?: boolean
}

interface RedisLimits {
  /** What every key and channel begins with, so that several applications can share one Redis. Default `millrace`. */
  readonly prefix?: string
  /** Versions of keyed state that a returning client can name and still get changes only. Default 1,000. */
  readonly maxStateChanges?: number
  /** Within it every operation is answered, retries included, ms. Default 10,000. */
  readonly deadlineMs?: number
  /** How long one attempt waits for Redis's answer, ms. Default 2,000. */
  readonly commandTimeoutMs?: number
  /** Operations that may wait for Redis; more are `OVERLOADED`. Default 100,000. */
  readonly maxPending?: number
  /** Bytes of their arguments; more are `OVERLOADED`. Default 64,000,000. */
  readonly maxPendingBytes?: number
  /** How soon a node finds out that it does not hear. */
  readonly health?: Partial<HealthOptions>
}

interface HealthOptions extends HealthTiming {
  /** How often it is compared with Redis what was heard of each room, ms. Default 10,000. */
  readonly compareMs: number
}

export type RedisOptions = RedisPlace & RedisLimits

/** What the store's clock reads, ms since 1970. Redis's own clock where it is undefined; tests bring theirs. */
export type StoreClock = (() => number) | undefined

export type Settings = RedisPlace &
  Required<Omit<RedisLimits, 'health'>> & { readonly health: HealthOptions; readonly now: StoreClock }

export function settingsOf(options: RedisOptions, now: StoreClock): Settings {
  return {
    prefix: 'millrace',
    maxStateChanges: 1_000,
    deadlineMs: 10_000,
    commandTimeoutMs: 2_000,
    maxPending: 100_000,
    maxPendingBytes: 64_000_000,
    ...options,
    health: { ...probeTiming, compareMs: 10_000, ...options.health },
    now,
  }
}
