import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'libsql'
import { expect, it } from 'vitest'
import { openChatStore } from '../store/open-chat-store.ts'
import { chatStoreSuite } from './chat-store-suite.ts'
import { openFixture } from './open-fixture.ts'
import { ada, bob, draft, openTeam, write } from './store-fixture.ts'

function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'millrace-chat-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

// One process has the file open, as with the rooms' own file.
chatStoreSuite('SQLite', async () => {
  const folder = temporaryFolder()
  return openFixture({ file: join(folder.path, 'chat.sqlite') }, 1, () => folder[Symbol.dispose]())
})

it('[CHS52] says in one sentence which file cannot be opened, and leaves it as it was', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'letter.txt')
  writeFileSync(file, 'Dear database, this is no database at all. '.repeat(100))
  await expect(openChatStore({ file })).rejects.toThrow(/^the database file .*letter\.txt cannot be opened: /)
  expect(readFileSync(file, 'utf8')).toMatch(/^Dear database/)
  const nowhere = join(folder.path, 'no', 'folder.sqlite')
  await expect(openChatStore({ file: nowhere })).rejects.toThrow(/folder\.sqlite cannot be opened: /)
})

it('[CHS53] is unavailable while another process writes for long, and goes on after it', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'chat.sqlite')
  await using fixture = openFixture({ file }, 1, () => undefined)
  const store = await openTeam(fixture)
  await store.send(write(ada, 'one'), draft('one'), undefined)
  const other = new SqliteFile(file)
  other.exec('BEGIN IMMEDIATE')
  const unavailable = { code: 'UNAVAILABLE' }
  await expect(store.send(write(ada, 'two'), draft('two'), undefined)).rejects.toMatchObject(unavailable)
  await expect(store.read('team', bob.id, 1)).rejects.toMatchObject(unavailable)
  await expect(store.notePublished(write(ada, 'one'))).rejects.toMatchObject(unavailable)
  expect((await store.messages('team', 10)).messages).toHaveLength(1)
  other.exec('COMMIT')
  other.close()
  expect(await store.send(write(ada, 'two'), draft('two'), undefined)).toMatchObject({ seq: 2 })
  expect(await store.read('team', bob.id, 1)).toBe(true)
  await store.notePublished(write(ada, 'one'))
  expect((await store.unpublished()).map(({ key }) => key)).toEqual(['team', 'two'])
})
