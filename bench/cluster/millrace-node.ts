import { redis } from '@millrace/redis'
import { benchContract } from '../contenders/millrace-contract.ts'
import { createRoomPublisher } from '../contenders/millrace-publisher.ts'
import { createBenchServer } from '../contenders/millrace-server.ts'
import type { ClusterNode } from './cluster-node.ts'

/** Millrace as it comes, with the store of a cluster. */
export async function startMillraceNode(url: string): Promise<ClusterNode> {
  const server = createBenchServer(redis({ url }))
  const port = await server.listen(0, { host: '127.0.0.1' })
  return {
    port,
    get connections() {
      return server.connections(benchContract).length
    },
    publish: createRoomPublisher(server),
    // A join is answered once its room is subscribed to.
    settled: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => server.close(),
  }
}
