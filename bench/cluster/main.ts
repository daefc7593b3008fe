import { answerParent } from '../rpc.ts'
import type { Address } from '../server/calls.ts'
import { processCalls } from '../server/process-calls.ts'
import type { NodeCalls } from './calls.ts'
import { clusterContenders, isClusterContenderName, type ClusterNode } from './cluster-node.ts'
import { startNodeControl } from './node-control.ts'

const [name = '', redisUrl] = process.argv.slice(2)
if (!isClusterContenderName(name) || redisUrl === undefined)
  throw new Error(`name one of ${Object.keys(clusterContenders).join(', ')}, and the URL of a Redis`)

const started = clusterContenders[name](redisUrl)
let address: Promise<Address> | undefined

async function serve(node: ClusterNode): Promise<Address> {
  return { port: node.port, controlPort: await startNodeControl(node) }
}

answerParent<NodeCalls>({
  ...processCalls,
  address: () => (address ??= started.then(serve)),
  connections: async () => (await started).connections,
  settled: async () => (await started).settled(),
})
