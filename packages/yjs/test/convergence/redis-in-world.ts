import { redis, type RedisStore } from '@millrace/redis'
import type { StoreProvider } from '@millrace/server'
import { systemContext } from '@millrace/testing'
import { altered } from './altered.ts'

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
      const log = altered(store.log, {
        append: async (room, append) => {
          const appended = await store.log.append(room, append)
          await Promise.all([...opened].map((one) => one.probe()))
          return appended
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
