import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A program of `fixtures`, run from source, with an IPC channel. */
export interface Child {
  readonly process: ChildProcess
  readonly hasExited: Promise<unknown>
  /** SIGKILL; resolves when the process is gone, and at once where it is. */
  readonly kill: () => Promise<void>
  /** The next message of the program. Rejects where it ends before. */
  message(): Promise<unknown>
}

export function startChild(program: string, args: readonly string[]): Child {
  const file = fileURLToPath(new URL(`../fixtures/${program}`, import.meta.url))
  const flags = ['--import', 'tsx', '--conditions=@millrace/source']
  const child = spawn(process.execPath, [...flags, file, ...args], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const hasExited = once(child, 'exit')
  return {
    process: child,
    hasExited,
    kill: async () => {
      child.kill('SIGKILL')
      await hasExited
    },
    message: () =>
      new Promise((resolve, reject) => {
        const gone = () => reject(new Error(`${program} ended before its time; its errors are above`))
        child.once('exit', gone)
        child.once('message', (message) => {
          child.off('exit', gone)
          resolve(message)
        })
      }),
  }
}
