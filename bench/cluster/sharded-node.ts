import { createShardedAdapter } from '@socket.io/redis-adapter'
import { Redis } from 'ioredis'
import { startAdapterNode } from './adapter-node.ts'
import type { ClusterNode } from './cluster-node.ts'

/** `createShardedAdapter` with its default, `dynamic`: a channel for each room. */
export function startShardedNode(url: string): Promise<ClusterNode> {
  const publisher = new Redis(url)
  const subscriber = publisher.duplicate()
  return startAdapterNode({
    socketIo: { adapter: createShardedAdapter(publisher, subscriber, { channelPrefix: 'sharded' }) },
    settled: async () => void (await subscriber.ping()),
    close: () => Promise.all([publisher.quit(), subscriber.quit()]),
  })
}
