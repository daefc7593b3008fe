import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseFixture } from './ledger-suite.ts'
import { openFixture } from './open-fixture.ts'

/** A SQLite file, which one process has open at a time. */
export function fileFixture(): DatabaseFixture {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-database-'))
  return openFixture({ file: join(folder, 'data.sqlite') }, 1, () => rmSync(folder, { recursive: true }))
}
