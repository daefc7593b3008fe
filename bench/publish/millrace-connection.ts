import { defaultHistory } from '@millrace/contract'
import { redis } from '@millrace/redis'
import { systemClock, systemRandom } from '@millrace/server/core'
import type { StoreConnection } from './store-contender.ts'

/** One append by Lua: stored, trimmed by the default limits, published. */
export async function openMillraceConnection(url: string): Promise<StoreConnection> {
  const store = await redis({ url }).open({ clock: systemClock, random: systemRandom, onError: end })
  const common = { name: 'message', key: null, from: null, history: defaultHistory } as const
  return {
    publish: (room, payload) => store.log.append(room, { ...common, payload }),
    close: () => store.close(),
  }
}

/** A fault ends the process. */
function end(error: unknown): void {
  throw error
}
