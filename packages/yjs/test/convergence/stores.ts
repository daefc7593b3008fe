import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRedis } from '@millrace/testing/faults'
import type { StoredBy } from './stored-by.ts'

/** Where documents are kept, one for each run. */
export interface Stores extends AsyncDisposable {
  readonly storedBy: (run: number) => StoredBy
}

export const startStores: Readonly<Record<string, () => Promise<Stores>>> = {
  SQLite: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-convergence-'))
    return {
      storedBy: (run) => ({ file: join(folder, `${run}.db`) }),
      [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true }),
    }
  },
  Redis: async () => {
    const server = await startRedis()
    return {
      storedBy: (run) => ({ url: server.url, prefix: `run${run}` }),
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    }
  },
}
