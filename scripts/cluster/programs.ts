import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../run-command.ts'
import type { Program } from './child.ts'

type Silent = Omit<Program, 'onLine'>

/** Redis that forgets nothing by itself, in a folder of its own. */
export function redis(command: string, folder: string, port: number): Silent {
  mkdirSync(folder, { recursive: true })
  const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
  return {
    name: 'redis',
    port,
    command,
    args: [...where, '--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction'],
    endSignal: 'SIGTERM',
    isReady: (line) => line.includes('Ready to accept connections'),
  }
}

/** HAProxy with the configuration that is deployed, too. */
export function haproxy(command: string, port: number, nodePorts: readonly number[]): Silent {
  const nodes = nodePorts.map((nodePort, at) => [`NODE${at + 1}`, `127.0.0.1:${nodePort}`])
  return {
    name: 'haproxy',
    port,
    command,
    args: ['-db', '-V', '-f', join(repositoryRoot, 'deploy/haproxy.cfg')],
    env: { PATH: process.env.PATH, PORT: String(port), ...(Object.fromEntries(nodes) as Record<string, string>) },
    endSignal: 'SIGTERM',
    isReady: (line) => /^Using \w+\(\) as the polling mechanism/.test(line),
  }
}

export interface NodeOptions {
  readonly at: number
  readonly port: number
  readonly env: NodeJS.ProcessEnv
  /** Asked by a visitor. */
  readonly freeze: () => void
}

/** The demos from what was built. SIGINT ends them at once: there is no other node to drain to. */
export function node({ at, port, env, freeze }: NodeOptions): Silent {
  const name = `node-${at}`
  return {
    name,
    port,
    command: process.execPath,
    args: [join(repositoryRoot, 'scripts/run-home.mjs'), '../apps/home/dist/main.js'],
    env: { ...env, PORT: String(port), HOST: '127.0.0.1', NODE_NAME: name, TRUST_PROXY: '1', MILLRACE_CLUSTER: '1' },
    endSignal: 'SIGINT',
    onMessage: (message) => {
      if (typeof message === 'object' && message !== null && 'freeze' in message) freeze()
    },
  }
}
