import { logLevels, type LogLevel } from '@millrace/app-charts/server'

export interface Settings {
  /** 0 lets the system choose one. */
  readonly port: number
  /** Undefined: every interface. */
  readonly host: string | undefined
  readonly dataFolder: string
  /** Where browsers find this server, if a proxy hides it. */
  readonly publicOrigin: string | undefined
  readonly trustProxy: boolean
  /** The Redis that the nodes of a cluster share; undefined: this process is alone, with a file in the data folder. */
  readonly redisUrl: string | undefined
  /** What people call this node of a cluster. */
  readonly nodeName: string | undefined
  /** What sessions are signed with; undefined: one that the data folder keeps. */
  readonly sessionSecret: string | undefined
  /** PostgreSQL for what the demos store; undefined: files in the data folder. */
  readonly databaseUrl: string | undefined
  /** Lines of the log of this level and above are written to stdout. */
  readonly logLevel: LogLevel
  /** Then visitors may not kill the server. */
  readonly isProduction: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads `PORT HOST DATA_DIR PUBLIC_ORIGIN TRUST_PROXY REDIS_URL NODE_NAME SESSION_SECRET DATABASE_URL LOG_LEVEL NODE_ENV`. An
 * empty variable counts as absent. With `REDIS_URL` the nodes must share secret and database.
 *
 * @throws Error of one sentence that names the variable and what it takes, without a secret in it.
 */
export function readSettings(env: Environment): Settings {
  if (env.REDIS_URL) requireShared(env)
  return {
    port: readPort(env.PORT || '3000'),
    host: env.HOST || undefined,
    dataFolder: env.DATA_DIR || '.data',
    publicOrigin: env.PUBLIC_ORIGIN ? readOrigin(env.PUBLIC_ORIGIN) : undefined,
    trustProxy: readFlag('TRUST_PROXY', env.TRUST_PROXY || '0'),
    redisUrl: env.REDIS_URL ? readRedisUrl(env.REDIS_URL) : undefined,
    nodeName: env.NODE_NAME || undefined,
    sessionSecret: env.SESSION_SECRET ? readSecret(env.SESSION_SECRET) : undefined,
    databaseUrl: env.DATABASE_URL ? readDatabaseUrl(env.DATABASE_URL) : undefined,
    logLevel: readLevel(env.LOG_LEVEL || 'warn'),
    isProduction: env.NODE_ENV === 'production',
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new Error(`PORT is "${text}"; set it to a whole number from 0 to 65535`)
}

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash) return url.origin
  throw new Error(`PUBLIC_ORIGIN is "${text}"; set it to an origin such as https://chat.example.com`)
}

function readSecret(text: string): string {
  if (text.length >= 32) return text
  throw new Error(`SESSION_SECRET has ${text.length} characters; set it to at least 32 random ones`)
}

function requireShared(env: Environment): void {
  if (!env.SESSION_SECRET)
    throw new Error(
      'SESSION_SECRET is missing, and REDIS_URL makes this one node of several; set it to the same 32 or more random characters on each',
    )
  if (!env.DATABASE_URL)
    throw new Error(
      'DATABASE_URL is missing, and REDIS_URL makes this one node of several; set it to a PostgreSQL that they share, since a SQLite file belongs to one process',
    )
}

/** What follows the scheme is judged where it is used. */
function readRedisUrl(text: string): string {
  if (/^redis[a-z+-]*:\/\/./.test(text)) return text
  throw new Error('REDIS_URL is no address of Redis; set it to one such as redis://:password@host:6379')
}

function readDatabaseUrl(text: string): string {
  if (/^postgres(ql)?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')) return text
  throw new Error(
    'DATABASE_URL is no address of PostgreSQL; set it to one such as postgres://user:password@host/database',
  )
}

function readFlag(name: string, text: string): boolean {
  if (text === '1' || text === 'true') return true
  if (text === '0' || text === 'false') return false
  throw new Error(`${name} is "${text}"; set it to 1 or 0`)
}

function readLevel(text: string): LogLevel {
  const level = logLevels.find((candidate) => candidate === text)
  if (level) return level
  throw new Error(`LOG_LEVEL is "${text}"; set it to ${logLevels.slice(0, -1).join(', ')} or ${logLevels.at(-1)}`)
}
