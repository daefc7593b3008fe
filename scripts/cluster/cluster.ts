import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { keepSessionSecret } from '../../apps/home/session-secret.ts'
import { repositoryRoot } from '../run-command.ts'
import type { Program } from './child.ts'
import type { ClusterOptions } from './cluster-options.ts'
import { freePort } from './free-port.ts'
import { Kept } from './kept.ts'
import { postgres } from './postgres.ts'
import { haproxy, node, redis } from './programs.ts'

const frozenMs = 5_000
/** Together less than the 5 s that `npm run cluster` promises. */
const nodeGraceMs = 3_000
const serviceGraceMs = 1_000

/** Every program of a cluster on this machine. */
export class Cluster {
  readonly #report: (text: string) => void
  readonly #kept: Kept[] = []
  #thawing: NodeJS.Timeout | undefined

  /** @param report Takes what people should read, in one or more lines. */
  constructor(report: (text: string) => void) {
    this.#report = report
  }

  /**
   * @param paths Of Redis, PostgreSQL and HAProxy.
   * @throws Error of one sentence: a program does not start, or a folder cannot be used.
   */
  async start(options: ClusterOptions, [redisPath = '', postgresPath = '', haproxyPath = '']: string[]): Promise<void> {
    const folder = resolve(repositoryRoot, options.dataFolder, 'cluster')
    mkdirSync(folder, { recursive: true })
    const [redisPort = 0, postgresPort = 0, ...nodePorts] = await freePorts(2 + options.nodes)
    const store = this.#add(redis(redisPath, join(folder, 'redis'), redisPort))
    const database = this.#add(postgres(postgresPath, join(folder, 'postgres'), postgresPort))
    await Promise.all([store.start(), database.start()])
    const env = {
      ...process.env,
      DATA_DIR: folder,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      DATABASE_URL: `postgres://millrace@127.0.0.1:${postgresPort}/postgres`,
      SESSION_SECRET: new TextDecoder().decode(await keepSessionSecret(folder)),
    }
    const freeze = () => this.#freeze(store)
    for (const [at, nodePort] of nodePorts.entries()) {
      await this.#add(node({ at: at + 1, port: nodePort, env, freeze })).start()
    }
    await this.#add(haproxy(haproxyPath, options.port, nodePorts)).start()
  }

  /** A line for each program, with how to kill it. */
  get lines(): readonly string[] {
    return this.#kept.map(({ line }) => line)
  }

  /** Ends everything, nodes first. */
  async stop(): Promise<void> {
    clearTimeout(this.#thawing)
    const isNode = ({ program }: Kept) => program.isReady === undefined
    for (const kept of this.#kept) kept.signal('SIGCONT')
    await Promise.all(this.#kept.filter(isNode).map((kept) => kept.stop(nodeGraceMs)))
    await Promise.all(this.#kept.filter((kept) => !isNode(kept)).map((kept) => kept.stop(serviceGraceMs)))
  }

  #add(program: Omit<Program, 'onLine'>): Kept {
    const onLine = (line: string): void => this.#report(`${program.name} | ${line}`)
    // What they say of themselves would hide what the nodes say.
    const isQuiet = program.isReady !== undefined
    const kept = new Kept({ ...program, onLine: isQuiet ? () => {} : onLine }, this.#report)
    this.#kept.push(kept)
    return kept
  }

  #freeze(store: Kept): void {
    if (this.#thawing) return
    this.#report(`redis is frozen for ${frozenMs / 1_000} s`)
    store.signal('SIGSTOP')
    this.#thawing = setTimeout(() => {
      this.#thawing = undefined
      store.signal('SIGCONT')
    }, frozenMs)
  }
}

/** Each another one. */
async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>()
  while (ports.size < count) ports.add(await freePort())
  return [...ports]
}
