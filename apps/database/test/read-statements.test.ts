import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readStatements } from '@millrace/app-database'
import { expect, it, onTestFinished } from 'vitest'

it('[DBS2] reads the statements of a file, and puts numbers in their places', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-statements-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'data.sql')
  writeFileSync(file, "insert into t values (:now, 'at :noon; a::text'),\n  (:now - 60, '');\n\nselect 1;\n")
  expect(await readStatements(file, { now: 1_000 })).toEqual([
    "insert into t values (1000, 'at :noon; a::text'),\n  (1000 - 60, '');",
    '\nselect 1;',
  ])
  await expect(readStatements(join(folder, 'none.sql'))).rejects.toThrow('none.sql')
})
