import { redis } from '@millrace/redis'
import { benchContract } from '../contenders/millrace-contract.ts'
import { createBenchServer } from '../contenders/millrace-server.ts'
import type { Payload } from '../payload.ts'
import type { ClusterNode } from './cluster-node.ts'
import { isVolatile } from './rooms.ts'

/** Millrace as it comes, with the store of a cluster. */
export async function startMillraceNode(url: string): Promise<ClusterNode> {
  const server = createBenchServer(redis({ url }))
  const port = await server.listen(0, { host: '127.0.0.1' })
  const publishers = new Map<string, (payload: Payload) => void>()

  function publisherOf(id: string): (payload: Payload) => void {
    if (isVolatile(id)) {
      const room = server.room(benchContract, 'live', { id })
      return (payload) => void room.publish('message', payload)
    }
    const room = server.room(benchContract, 'feed', { id })
    return (payload) => void room.publish('message', payload)
  }

  return {
    port,
    get connections() {
      return server.connections(benchContract).length
    },
    publish(room, payload) {
      let publish = publishers.get(room)
      if (publish === undefined) publishers.set(room, (publish = publisherOf(room)))
      publish(payload)
    },
    // A join is answered once its room is subscribed to.
    settled: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => server.close(),
  }
}
