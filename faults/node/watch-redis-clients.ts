import { Redis, type Command } from 'ioredis'

type Connect = (this: Redis, ...args: Parameters<Redis['connect']>) => Promise<void>
type SendCommand = (this: Redis, command: Command, ...rest: unknown[]) => unknown

export interface RedisWatch {
  /** To hear what ioredis itself says of its connections. */
  readonly clients: ReadonlySet<Redis>
  /** How often a range of a room's log was read, by its key in Redis. */
  readonly rangeReads: ReadonlyMap<string, number>
}

/** Looks at every ioredis client of this process from now on. */
export function watchRedisClients(): RedisWatch {
  const clients = new Set<Redis>()
  const connect = Reflect.get(Redis.prototype, 'connect') as Connect
  Redis.prototype.connect = function (...args) {
    clients.add(this)
    this.once('end', () => clients.delete(this))
    return connect.apply(this, args)
  }
  const rangeReads = new Map<string, number>()
  const sendCommand = Reflect.get(Redis.prototype, 'sendCommand') as SendCommand
  const counting: SendCommand = function (this: Redis, command, ...rest) {
    const key = rangeOf(command)
    if (key !== undefined) rangeReads.set(key, (rangeReads.get(key) ?? 0) + 1)
    return sendCommand.call(this, command, ...rest)
  }
  Reflect.set(Redis.prototype, 'sendCommand', counting)
  return { clients, rangeReads }
}

/** `EVALSHA sha 2 log entries time .. after|before ..`: only the script that reads entries is told a direction. */
function rangeOf({ name, args }: Command): string | undefined {
  const isRange = name === 'evalsha' && (args.includes('after') || args.includes('before'))
  return isRange ? String(args[2]) : undefined
}
