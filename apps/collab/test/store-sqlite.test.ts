import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { collabStoreSuite } from './collab-store-suite.ts'
import { ada, openFixture, openPlan, write, type StoreFixture } from './store-fixture.ts'

/** One process has the file open, as with the rooms' own file. */
function createFixture(): StoreFixture {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-collab-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  return openFixture({ file: join(folder, 'collab.sqlite') }, 1, remove)
}

collabStoreSuite('SQLite', () => Promise.resolve(createFixture()))

it('[COL9] edits move the time of the last one at most once a minute', async () => {
  let at = 1_000_000
  await using fixture = createFixture()
  const { store } = await openPlan(fixture, { now: () => at })
  const editedAt = async () => (await store.shelf(ada.id)).map((entry) => entry.editedAt)
  const noteAfter = async (ms: number) => {
    at += ms
    await store.noteEdited('plan')
    return editedAt()
  }
  const { rev } = await store.desk('plan')
  expect(await noteAfter(60_000)).toEqual([1_000_000])
  expect(await noteAfter(1)).toEqual([1_060_001])
  expect(await noteAfter(60_000)).toEqual([1_060_001])
  expect((await store.desk('plan')).rev).toBe(rev)
  await store.create(write(ada, 'later', 'later'), 'Later', { text: '' })
  expect(await noteAfter(10)).toEqual([1_120_011, 1_120_001])
})
