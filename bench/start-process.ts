import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { peerOf, type Calls, type Peer } from './rpc.ts'

export interface BenchProcess<C extends Calls> extends Peer<C>, AsyncDisposable {}

export interface ProcessOptions {
  /** URL of a source file of the bench; what runs is its compiled form. */
  readonly source: string
  readonly args: readonly string[]
  readonly nodeArgs: readonly string[]
  /** Undefined: any core. */
  readonly core: number | undefined
}

const root = new URL('.', import.meta.url).href

/** Starts compiled code in a Node process of its own, as in production, on one core. It ends with this process. */
export function startProcess<C extends Calls>({ source, args, nodeArgs, core }: ProcessOptions): BenchProcess<C> {
  const name = source.slice(root.length).replace(/\.ts$/, '')
  const node = [process.execPath, ...nodeArgs, fileURLToPath(`${root}dist/${name}.js`), ...args]
  const command = core === undefined ? node : ['taskset', '-c', String(core), ...node]
  const { NODE_OPTIONS: _, ...env } = process.env
  const child = spawn(command[0] ?? '', command.slice(1), {
    env: { ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return { ...peerOf<C>(child, [name, ...args].join(' ')), [Symbol.asyncDispose]: () => end(child) }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.disconnect()
  await exited
}
