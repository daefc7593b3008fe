import { Cluster, type Redis } from 'ioredis'
import type { RedisClient } from '../commands.ts'

/**
 * Connections that listen to a channel, on all nodes of a cluster together: each knows its own only.
 *
 * @param own The adapter's own connection, asked where there is no cluster: the store's may still look for the Redis that this
 *   one has found.
 */
export async function countServers(client: RedisClient, own: Redis, channel: string): Promise<number> {
  const nodes = client instanceof Cluster ? client.nodes('all') : [own]
  const counts = await Promise.all(
    nodes.map(async (node) => {
      if (node.status === 'wait') await node.connect()
      const [, count] = (await node.call('PUBSUB', 'NUMSUB', channel)) as [string, number]
      return count
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}
