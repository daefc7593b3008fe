import { redis, type RedisStore } from '@millrace/redis'
import type { StoreProvider } from '@millrace/server'
import { systemContext } from '@millrace/testing'

/**
 * Redis under a world that makes its own time: what comes from it comes in real time, so an append is acknowledged when every node
 * has heard it.
 */
export function redisInWorld(url: string, prefix: string): StoreProvider {
  const opened = new Set<RedisStore>()
  return {
    async open(context) {
      const store = await redis({ url, prefix }).open({ ...context, clock: systemContext().clock })
      opened.add(store)
      const log = new Proxy(store.log, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name, target)
          if (typeof member !== 'function') return member
          if (name !== 'append') return member.bind(target) as unknown
          return async (...args: Parameters<typeof target.append>) => {
            const appended = await target.append(...args)
            await Promise.all([...opened].map((one) => one.probe()))
            return appended
          }
        },
      })
      const close: typeof store.close = (how) => {
        opened.delete(store)
        return store.close(how)
      }
      return { ...store, log, close }
    },
  }
}
