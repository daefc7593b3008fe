import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqlite } from '@millrace/sqlite'
import { modelSuite } from '@millrace/testing'

// 10,000 steps, 200,000 in the long form.
modelSuite(
  'sqlite',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-model-'))
    return { store: sqlite({ file: join(folder, 'store.db') }), remove: () => rm(folder, { recursive: true }) }
  },
  { seeds: 20, steps: 500 },
)
