import type { RedisOptions as ClientOptions } from 'ioredis'
import type { RedisPlace, SentinelAddress } from './redis-options.ts'

export interface RedisAddress {
  /** For people, without a password. */
  readonly label: string
  /** For one connection, to the server or to the master that the Sentinels name. */
  readonly client: ClientOptions
}

const forms =
  'write redis://[user:password@]host:port[/database] or redis+sentinel://[user:password@]host:port,host:port/name[/database]'

const sentinelUrl =
  /^redis(?<tls>s?)\+sentinel:\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^/?]+)\/(?<name>[^/?]+)(?:\/(?<database>\d+))?\/?(?:\?(?<query>.*))?$/

/** @throws Error Of one sentence, without the URL, since its parts may be secrets in the wrong place. */
export function readAddress(place: RedisPlace): RedisAddress {
  if (place.sentinels !== undefined) return ofSentinels(place)
  const { url } = place
  if (/^rediss?\+sentinel:/.test(url)) return ofSentinels(readSentinelUrl(url))
  if (!URL.canParse(url)) throw wrongUrl('is no URL')
  const { protocol, hostname, port, username, password, pathname } = new URL(url)
  if (protocol !== 'redis:' && protocol !== 'rediss:') throw wrongUrl('does not begin with redis:// or rediss://')
  if (hostname === '') throw wrongUrl('names no host')
  const database = /^\/?(\d*)$/.exec(pathname)?.[1]
  if (database === undefined) throw wrongUrl('has a path that is no number of a database')
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return {
    label: `Redis at ${hostname}:${port || 6379}`,
    client: {
      host,
      port: Number(port || 6379),
      ...credentials(decode(username), decode(password)),
      ...(protocol === 'rediss:' ? { tls: {} } : {}),
      db: Number(database),
    },
  }
}

type Sentinels = Extract<RedisPlace, { readonly name: string }>

function ofSentinels({ sentinels, name, username = '', password = '', ...rest }: Sentinels): RedisAddress {
  const { sentinelPassword = '', database = 0, tls = false } = rest
  if (sentinels.length === 0 || name === '') {
    throw new Error(`The Sentinels of Redis need at least one address and the master's name; ${forms}`)
  }
  const addresses = sentinels.map(({ host, port = 26_379 }) => ({ host, port }))
  return {
    label: `Redis "${name}" behind Sentinel at ${addresses.map(({ host, port }) => `${host}:${port}`).join(', ')}`,
    client: {
      sentinels: addresses,
      name,
      ...credentials(username, password),
      ...(sentinelPassword === '' ? {} : { sentinelPassword }),
      ...(tls ? { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true } : {}),
      db: database,
    },
  }
}

function readSentinelUrl(url: string): Sentinels {
  const { tls, user, password, hosts, name, database, query } = sentinelUrl.exec(url)?.groups ?? {}
  if (hosts === undefined || name === undefined) throw wrongUrl('does not name Sentinels and a master')
  return {
    sentinels: hosts.split(',').map(readSentinel),
    name: decode(name),
    username: decode(user ?? ''),
    password: decode(password ?? ''),
    sentinelPassword: new URLSearchParams(query).get('sentinelPassword') ?? '',
    database: Number(database ?? 0),
    tls: tls === 's',
  }
}

function readSentinel(text: string): SentinelAddress {
  const [, host, port] = /^(\[[\da-fA-F:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(text) ?? []
  if (host === undefined) throw wrongUrl("holds a Sentinel's address that is none")
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port ?? 26_379) }
}

function credentials(username: string, password: string): Pick<ClientOptions, 'username' | 'password'> {
  return { ...(username === '' ? {} : { username }), ...(password === '' ? {} : { password }) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw wrongUrl('has a user or a password with a lone % (write it as %25)')
  }
}

function wrongUrl(problem: string): Error {
  return new Error(`The URL of Redis ${problem}; ${forms}`)
}
