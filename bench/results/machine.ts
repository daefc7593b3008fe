import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where and with what something was measured. */
export interface Surroundings {
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
  /** For example `Linux 6.1.0 x64`. */
  readonly kernel: string
  /** Processes that wanted to run in the last minute before the run. */
  readonly loadBefore: number
  readonly versions: Readonly<Record<string, string>>
  /** Of the source. Undefined outside of a repository. */
  readonly commit: string | undefined
  /** Whether the source was that of the commit. */
  readonly isClean: boolean
}

const root = fileURLToPath(new URL('../..', import.meta.url))

const packages = ['socket.io', 'engine.io', 'ws', 'ioredis', 'zod', 'yjs', '@hocuspocus/server', '@y/websocket-server']

/** What can be asked for of a package that does not export itself. */
const exported: Readonly<Record<string, string>> = { '@y/websocket-server': '@y/websocket-server/utils' }

/** The file that is written says nothing of the source. */
const results = ':!bench/RESULTS.md'

/** Looks around. Call it before the run, since the run changes the load. */
export function surroundings(): Surroundings {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    kernel: `${type()} ${release()} ${arch()}`,
    loadBefore: loadavg()[0] ?? 0,
    versions: {
      node: process.version.slice(1),
      ...Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
      redis: redisVersion(),
    },
    commit: output('git', 'rev-parse', 'HEAD'),
    isClean: output('git', 'status', '--porcelain', '--', '.', results) === '',
  }
}

/** Of the package that the bench runs. It looks for the package's own folder, as not every package exports its description. */
function versionOf(name: string): string {
  let folder = dirname(createRequire(import.meta.url).resolve(exported[name] ?? name))
  for (;;) {
    const file = join(folder, 'package.json')
    const described = existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string })
      : {}
    if (described.name === name && described.version !== undefined) return described.version
    if (folder === dirname(folder)) return 'unknown'
    folder = dirname(folder)
  }
}

function redisVersion(): string {
  const said = output(process.env['MILLRACE_REDIS'] || 'redis-server', '--version')
  return /v=(\S+)/.exec(said ?? '')?.[1] ?? 'none'
}

/** What a command says, or undefined where it fails. */
function output(command: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}
