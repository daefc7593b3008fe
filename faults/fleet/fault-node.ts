import { fileURLToPath } from 'node:url'
import {
  freePort,
  startProcess,
  startTcpProxy,
  type Exit,
  type RunningProcess,
  type TcpProxy,
} from '@millrace/testing/faults'
import type { NodeStats } from '../node/stats.ts'
import type { Journal } from '../load/journal.ts'

/** One node, and the network between it and Redis. */
export interface FaultNode {
  readonly name: string
  /** The same over restarts. */
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly isRunning: boolean
  readonly redisProxy: TcpProxy
  /** What it reported to `onError`. */
  readonly errors: readonly string[]
  /** Undefined: no answer within a second. */
  isReady(): Promise<boolean | undefined>
  stats(): Promise<NodeStats>
  /** Says something to the other nodes through Socket.IO's adapter, by which they count one more shout. */
  shout(): Promise<void>
  /** Closes every connection that the user has, on every node. */
  revoke(user: string): Promise<void>
  start(options?: NodeStart): Promise<void>
  kill(): Promise<Exit>
  term(): Promise<Exit>
  freeze(): void
  thaw(): void
  close(): Promise<void>
}

export interface NodeStart {
  /** How far its clock is ahead, ms. */
  readonly clockOffsetMs?: number
  /** Defaults: those of `server.drain`. */
  readonly drainWaitMs?: number
  readonly drainOverMs?: number
  /** Within which its store answers, ms. Default: that of `redis()`. */
  readonly deadlineMs?: number
  /** How often it is compared with Redis what was heard, ms, and how many operations may wait for Redis. The same. */
  readonly compareMs?: number
  readonly maxPending?: number
}

const program = fileURLToPath(new URL('../node/main.ts', import.meta.url))
const args = ['--expose-gc', '--import', 'tsx', '--conditions=@millrace/source', program]

/** @param sentinelUrl Where it goes instead, without the proxy. */
export async function createFaultNode(
  name: string,
  redisPort: number,
  journal: Journal,
  sentinelUrl?: string,
): Promise<FaultNode> {
  const port = await freePort()
  const redisProxy = await startTcpProxy(redisPort)
  const errors: string[] = []
  const url = `http://127.0.0.1:${port}`
  let running: RunningProcess | undefined
  let isStopped = false
  const get = (path: string) => fetch(`${url}${path}`, { signal: AbortSignal.timeout(1_000) })
  const end = async (how: 'kill' | 'term'): Promise<Exit> => {
    if (!running) throw new Error(`${name} does not run; start it first`)
    isStopped = true
    journal.tell({ type: 'stop', actor: name, how })
    const exit = await running[how]()
    running = undefined
    return exit
  }
  const self: FaultNode = {
    name,
    url,
    port,
    get pid() {
      return running?.pid ?? 0
    },
    get isRunning() {
      return running !== undefined && running.exit === undefined
    },
    redisProxy,
    errors,
    isReady: () =>
      get('/readyz').then(
        ({ ok }) => ok,
        () => undefined,
      ),
    stats: async () => (await (await get('/stats')).json()) as NodeStats,
    shout: async () => void (await (await get('/shout')).text()),
    revoke: async (user) => void (await (await get(`/revoke/${user}`)).text()),
    async start({ clockOffsetMs = 0, drainWaitMs, drainOverMs, deadlineMs, compareMs, maxPending } = {}) {
      isStopped = false
      const env = {
        NODE_NAME: name,
        PORT: `${port}`,
        REDIS_URL: sentinelUrl ?? `redis://127.0.0.1:${redisProxy.port}`,
        CLOCK_OFFSET_MS: `${clockOffsetMs}`,
        ...(drainWaitMs !== undefined && { DRAIN_WAIT_MS: `${drainWaitMs}` }),
        ...(drainOverMs !== undefined && { DRAIN_OVER_MS: `${drainOverMs}` }),
        ...(deadlineMs !== undefined && { DEADLINE_MS: `${deadlineMs}` }),
        ...(compareMs !== undefined && { COMPARE_MS: `${compareMs}` }),
        ...(maxPending !== undefined && { MAX_PENDING: `${maxPending}` }),
      }
      running = await startProcess({
        command: process.execPath,
        args,
        env,
        isReady: (line) => line.includes('"ready"'),
        onLine: (line) => line.includes('"error"') && errors.push(line),
      })
      const started = running
      journal.tell({ type: 'start', actor: name })
      void started.exited.then((exit) => {
        if (!isStopped && started.errors !== '') process.stderr.write(`${name}: ${started.errors}\n`)
        journal.tell({ type: 'exit', actor: name, ...exit })
      })
    },
    kill: () => end('kill'),
    term: () => end('term'),
    freeze: () => running?.freeze(),
    thaw: () => running?.thaw(),
    async close() {
      if (running) await end('kill')
      await redisProxy[Symbol.asyncDispose]()
    },
  }
  return self
}
