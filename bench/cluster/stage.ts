import type { RedisServer } from '@millrace/testing/faults'
import { startBenchRedis } from '../bench-redis.ts'
import type { ClusterLoadCalls } from '../load/cluster-calls.ts'
import type { Pinning } from '../pinning.ts'
import type { Peer } from '../rpc.ts'
import { startProcess, type BenchProcess } from '../start-process.ts'
import type { NodeCalls } from './calls.ts'
import type { ClusterContenderName } from './cluster-node.ts'

/** The nodes of one contender, by the place that the load knows them by. */
export const publishing = 0
export const receiving = 1

/** The processes of one case: a Redis for all, two nodes for each contender, all alive at the same time, and one load. */
export interface ClusterStage extends AsyncDisposable {
  readonly redis: RedisServer
  readonly load: Peer<ClusterLoadCalls>
  readonly node: (contender: ClusterContenderName, place: number) => Peer<NodeCalls>
  /** Resolves when both nodes hear what the other one publishes to the rooms of their members. */
  readonly settled: (contender: ClusterContenderName) => Promise<void>
}

/** @param measured The node that is measured has a core of its own; Redis, the other nodes and the load share one. */
export async function openClusterStage(
  contenders: readonly ClusterContenderName[],
  pinning: Pinning | undefined,
  measured: number,
): Promise<ClusterStage> {
  const opened: AsyncDisposable[] = []
  const opening = <T extends AsyncDisposable>(one: T): T => {
    opened.push(one)
    return one
  }
  const close = async (): Promise<void> => {
    for (const one of opened.reverse()) await one[Symbol.asyncDispose]()
  }
  try {
    const redis = opening(await startBenchRedis(pinning?.load))
    const load = opening(startLoad(pinning))
    const nodes = new Map<string, Peer<NodeCalls>>()
    for (const contender of contenders) {
      const addresses = []
      for (const place of [publishing, receiving]) {
        const core = place === measured ? pinning?.server : pinning?.load
        const node = opening(startNode(contender, redis.url, core))
        nodes.set(`${contender} ${place}`, node)
        addresses.push(await node.call('address', undefined))
      }
      await load.call('open', { contender, nodes: addresses })
    }
    const nodeOf = (contender: ClusterContenderName, place: number): Peer<NodeCalls> => {
      const node = nodes.get(`${contender} ${place}`)
      if (!node) throw new Error(`${contender} has no node ${place} on this stage; name it when opening`)
      return node
    }
    return {
      redis,
      load,
      node: nodeOf,
      async settled(contender) {
        for (const place of [publishing, receiving]) await nodeOf(contender, place).call('settled', undefined)
      },
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function startLoad(pinning: Pinning | undefined): BenchProcess<ClusterLoadCalls> {
  const source = import.meta.resolve('../load/cluster-main.ts')
  return startProcess({ source, args: [], nodeArgs: [], core: pinning?.load })
}

function startNode(
  contender: ClusterContenderName,
  redisUrl: string,
  core: number | undefined,
): BenchProcess<NodeCalls> {
  const source = import.meta.resolve('./main.ts')
  return startProcess({ source, args: [contender, redisUrl], nodeArgs: ['--expose-gc'], core })
}
