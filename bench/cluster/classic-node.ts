import { createAdapter } from '@socket.io/redis-adapter'
import { startAdapterNode } from './adapter-node.ts'
import type { ClusterNode } from './cluster-node.ts'
import { openClients } from './open-clients.ts'

/** `createAdapter` as its README says for ioredis. */
export async function startClassicNode(url: string): Promise<ClusterNode> {
  const { publisher, subscriber } = await openClients(url)
  return startAdapterNode({
    // Contenders share a Redis, and must not hear each other.
    socketIo: { adapter: createAdapter(publisher, subscriber, { key: 'classic' }) },
    // Answers come in the order of the commands, subscriptions included.
    settled: async () => void (await subscriber.ping()),
    close: () => Promise.all([publisher.quit(), subscriber.quit()]),
  })
}
