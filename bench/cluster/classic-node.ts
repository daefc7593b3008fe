import { createAdapter } from '@socket.io/redis-adapter'
import { Redis } from 'ioredis'
import { startAdapterNode } from './adapter-node.ts'
import type { ClusterNode } from './cluster-node.ts'

/** `createAdapter` as its README says for ioredis. */
export function startClassicNode(url: string): Promise<ClusterNode> {
  const publisher = new Redis(url)
  const subscriber = publisher.duplicate()
  return startAdapterNode({
    // Contenders share a Redis, and must not hear each other.
    socketIo: { adapter: createAdapter(publisher, subscriber, { key: 'classic' }) },
    // Answers come in the order of the commands, subscriptions included.
    settled: async () => void (await subscriber.ping()),
    close: () => Promise.all([publisher.quit(), subscriber.quit()]),
  })
}
