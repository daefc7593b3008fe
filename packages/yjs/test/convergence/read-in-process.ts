import { fileURLToPath } from 'node:url'
import { startProcess } from '@millrace/testing/faults'
import type { DocumentState } from './document-state.ts'
import type { StoredBy } from './stored-by.ts'

const program = fileURLToPath(new URL('./read-stored.ts', import.meta.url))

/** What a process that is started now reads. */
export async function readInProcess(stored: readonly StoredBy[]): Promise<DocumentState[]> {
  const lines: string[] = []
  await using reader = await startProcess({
    command: process.execPath,
    args: ['--import', 'tsx', '--conditions=@millrace/source', program, JSON.stringify(stored)],
    isReady: (line) => line === 'done',
    onLine: (line) => void lines.push(line),
  })
  await reader.exited
  return lines.slice(0, -1).map((line) => JSON.parse(line) as DocumentState)
}
