import { createShardedAdapter } from '@socket.io/redis-adapter'
import { startAdapterNode } from './adapter-node.ts'
import type { ClusterNode } from './cluster-node.ts'
import { openClients } from './open-clients.ts'

/** `createShardedAdapter` with its default, `dynamic`: a channel for each room. */
export async function startShardedNode(url: string): Promise<ClusterNode> {
  const { publisher, subscriber } = await openClients(url)
  return startAdapterNode({
    socketIo: { adapter: createShardedAdapter(publisher, subscriber, { channelPrefix: 'sharded' }) },
    settled: async () => void (await subscriber.ping()),
    close: () => Promise.all([publisher.quit(), subscriber.quit()]),
  })
}
