import {
  freePort,
  startHaproxy,
  startRedis,
  startSentinels,
  type LoadBalancer,
  type RedisServer,
  type SentinelSet,
} from '@millrace/testing/faults'
import { Journal } from '../load/journal.ts'
import { until } from '../load/until.ts'
import { createFaultNode, type FaultNode, type NodeStart } from './fault-node.ts'
import { haproxyConfig } from './haproxy-config.ts'

/** Three nodes on one Redis, each over a network of its own, behind HAProxy. */
export interface Fleet extends AsyncDisposable {
  /** Of HAProxy. */
  readonly url: string
  readonly nodes: readonly FaultNode[]
  /** Behind Sentinels: the master at the beginning. */
  readonly redis: RedisServer
  /** Leads to Redis, or to whom the Sentinels call master. */
  readonly redisUrl: string
  /** Within which a node's store answers, ms. */
  readonly deadlineMs: number
  readonly sentinels: SentinelSet | undefined
  readonly balancer: LoadBalancer
  readonly journal: Journal
  node(name: string): FaultNode
  /** Everything runs and is ready, whatever was broken. Every row begins with it. */
  heal(): Promise<void>
  /** Says that something is broken from here on, and that nothing is any more: O7 counts its 10 s from there. */
  broken(): void
  healed(): void
}

const healMs = 30_000

export interface FleetOptions {
  /** Default 3. */
  readonly count?: number
  /** A master and a replica behind a Sentinel. Nodes go there without their proxies. Default false. */
  readonly hasSentinel?: boolean
}

/** @param start How every node begins; a row may start one in another way. */
export async function startFleet(
  start: NodeStart = {},
  { count = 3, hasSentinel = false }: FleetOptions = {},
): Promise<Fleet> {
  const journal = new Journal()
  const sentinels = hasSentinel ? await startSentinels() : undefined
  const redis = sentinels?.servers[0] ?? (await startRedis())
  const names = Array.from({ length: count }, (_, index) => `node${index + 1}`)
  const nodes = await Promise.all(names.map((name) => createFaultNode(name, redis.port, journal, sentinels?.url)))
  await Promise.all(nodes.map((node) => node.start(start)))
  const port = await freePort()
  const balancer = await startHaproxy(haproxyConfig(port, nodes))
  const url = `http://127.0.0.1:${port}`
  const heal = async (): Promise<void> => {
    for (const server of sentinels?.servers ?? [redis]) server.thaw()
    for (const node of nodes) {
      node.thaw()
      node.redisProxy.restore()
      if (!node.isRunning) await node.start(start)
    }
    await until(
      'every node is ready',
      async () => (await Promise.all(nodes.map((node) => node.isReady()))).every(Boolean),
      healMs,
    )
    await until(
      'the load balancer serves from every node',
      async () => {
        const serving = (await Promise.all(nodes.map(() => servedBy(url)))).join(' ')
        return nodes.every(({ name }) => serving.includes(name))
      },
      healMs,
    )
  }
  await heal()
  return {
    url,
    nodes,
    redis,
    redisUrl: sentinels?.url ?? redis.url,
    deadlineMs: start.deadlineMs ?? 10_000,
    sentinels,
    balancer,
    journal,
    node(name) {
      const node = nodes.find((each) => each.name === name)
      if (!node) throw new Error(`there is no node ${name}`)
      return node
    },
    heal,
    broken: () => journal.tell({ type: 'break' }),
    healed: () => journal.tell({ type: 'heal' }),
    async [Symbol.asyncDispose]() {
      await balancer[Symbol.asyncDispose]()
      await Promise.all(nodes.map((node) => node.close()))
      await (sentinels ?? redis)[Symbol.asyncDispose]()
    },
  }
}

/** The cookie by which the load balancer names the node that answered. */
async function servedBy(url: string): Promise<string> {
  const response = await fetch(`${url}/readyz`)
  await response.text()
  return response.headers.get('set-cookie') ?? ''
}
