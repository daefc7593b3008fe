import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sqlite } from '@millrace/sqlite'
import { startTestServer } from '@millrace/testing'
import { startProcess } from '@millrace/testing/faults'
import { expect, it } from 'vitest'
import { notesApp } from './fixtures/notes.ts'
import { entriesOf } from './fixtures/stored.ts'

const promisedMs = 2_000
/** What else closes, on a machine that has much to do. A merge is given 10 s. */
const besideMs = 4_000

it('[DOC30] a document that takes long to compact holds a node that closes for 2 s, and all of it stays in the log', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-closing-'))
  await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
  const file = join(folder, 'store.db')
  const times = new Map<string, number>()
  const program = fileURLToPath(new URL('../fixtures/close-slow-note.ts', import.meta.url))
  await using child = await startProcess({
    command: process.execPath,
    args: ['--import', 'tsx', '--conditions=@millrace/source', program, file],
    isReady: (line) => line === 'closing',
    onLine: (line) => times.set(line, performance.now()),
  })
  expect(await child.exited).toMatchObject({ code: 0 })
  const from = times.get('closing')!
  expect(times.get('closed')! - from).toBeGreaterThan(promisedMs - 100)
  expect(performance.now() - from).toBeLessThan(promisedMs + besideMs)
  await using server = await startTestServer({ store: sqlite({ file }), implementations: [notesApp()] })
  expect(await entriesOf(server.server)).toHaveLength(27)
})
