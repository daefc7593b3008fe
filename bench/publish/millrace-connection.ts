import { defaultHistory } from '@millrace/contract'
import { redis } from '@millrace/redis'
import { storeContext } from './store-context.ts'
import type { StoreConnection } from './store-contender.ts'

/** One append by Lua: stored, trimmed by the default limits, published. */
export async function openMillraceConnection(url: string): Promise<StoreConnection> {
  const store = await redis({ url }).open(storeContext)
  const common = { name: 'message', key: null, from: null, history: defaultHistory } as const
  return {
    publish: (room, payload) => store.log.append(room, { ...common, payload }),
    close: () => store.close(),
  }
}
