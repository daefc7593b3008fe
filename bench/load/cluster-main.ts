import { roomName } from '../cluster/rooms.ts'
import { answerParent } from '../rpc.ts'
import type { ClusterLoadCalls } from './cluster-calls.ts'
import { ClusterLoad } from './cluster-load.ts'

const opened = new Map<string, ClusterLoad>()

function find(contender: string): ClusterLoad {
  const found = opened.get(contender)
  if (!found) throw new Error(`the load has not opened ${contender}; call open first`)
  return found
}

answerParent<ClusterLoadCalls>({
  async open({ contender, nodes }) {
    opened.set(contender, await ClusterLoad.open(contender, nodes))
  },
  connect: ({ contender, count, room, node }) => find(contender).connect(count, roomName(room), node),
  publish: ({ contender, ...run }) => find(contender).publish(run),
  cut: ({ contender }) => find(contender).cut(),
  recover: ({ contender, node, missed }) => find(contender).recover(node, missed),
  check: ({ contender }) => find(contender).check(),
  disconnect: ({ contender }) => find(contender).disconnect(),
})
