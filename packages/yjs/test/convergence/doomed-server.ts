import { fileURLToPath } from 'node:url'
import { startProcess } from '@millrace/testing/faults'
import type { StoredBy } from './stored-by.ts'

const program = fileURLToPath(new URL('./serve-until-killed.ts', import.meta.url))
const flags = ['--import', 'tsx', '--conditions=@millrace/source']

/** A server in a process of its own, to be killed. */
export interface DoomedServer extends AsyncDisposable {
  /** Its snapshot is stored, and its log will not be trimmed. */
  readonly isBetween: boolean
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<unknown>
}

/** @param passing Logs that are trimmed before the one that is not. */
export async function startDoomed(stored: StoredBy, port: number, passing: number): Promise<DoomedServer> {
  let isBetween = false
  const server = await startProcess({
    command: process.execPath,
    args: [...flags, program, JSON.stringify(stored), String(port), String(passing)],
    isReady: (line) => line === 'ready',
    onLine: (line) => (isBetween ||= line === 'between'),
  })
  return {
    get isBetween() {
      return isBetween
    },
    kill: () => server.kill(),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
