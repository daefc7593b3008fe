import { Redis } from 'ioredis'

type Connect = (this: Redis, ...args: Parameters<Redis['connect']>) => Promise<void>

/** Every ioredis client of this process that connects from now on, to hear what ioredis itself says of its connections. */
export function watchRedisClients(): ReadonlySet<Redis> {
  const clients = new Set<Redis>()
  const connect = Reflect.get(Redis.prototype, 'connect') as Connect
  Redis.prototype.connect = function (...args) {
    clients.add(this)
    this.once('end', () => clients.delete(this))
    return connect.apply(this, args)
  }
  return clients
}
