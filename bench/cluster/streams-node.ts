import { setTimeout } from 'node:timers/promises'
import { createAdapter } from '@socket.io/redis-streams-adapter'
import { Redis } from 'ioredis'
import { startAdapterNode } from './adapter-node.ts'
import type { ClusterNode } from './cluster-node.ts'

/** How long to wait before asking again whether the adapter reads, ms. */
const pollMs = 5

/** The streams adapter as its README says for ioredis, with the connection state recovery that it exists for. */
export function startStreamsNode(url: string): Promise<ClusterNode> {
  const connectionName = `streams-${process.pid}`
  const redis = new Redis(url, { connectionName })
  const adapter = createAdapter(redis, {
    streamName: 'streams',
    channelPrefix: 'streams',
    sessionKeyPrefix: 'streams:session:',
  })
  /** It reads from the stream's end as of its first XREAD; what was added before that is missed. */
  const isReading = async (): Promise<boolean> => {
    const clients = String(await redis.client('LIST')).split('\n')
    return clients.some((line) => line.includes(`name=${connectionName} `) && line.includes('cmd=xread'))
  }
  return startAdapterNode({
    socketIo: { adapter, connectionStateRecovery: {} },
    async settled() {
      while (!(await isReading())) await setTimeout(pollMs)
    },
    // The adapter ends its other connections when it is closed.
    close: () => redis.quit(),
  })
}
