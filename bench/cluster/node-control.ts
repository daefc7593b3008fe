import { createServer } from 'node:net'
import { listen } from '../contenders/listen.ts'
import { payload } from '../payload.ts'
import type { ClusterNode } from './cluster-node.ts'
import { roomName } from './rooms.ts'

/** Opens the port on which the load asks for publishes, and returns it: each byte is the room of one publish. */
export function startNodeControl(node: Pick<ClusterNode, 'publish'>): Promise<number> {
  const lastSeqs = new Map<number, number>()
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('data', (asked) => {
      for (const room of asked) {
        const seq = (lastSeqs.get(room) ?? 0) + 1
        lastSeqs.set(room, seq)
        node.publish(roomName(room), payload(seq))
      }
    })
    socket.on('error', () => socket.destroy())
  })
  server.unref()
  return listen(server)
}
