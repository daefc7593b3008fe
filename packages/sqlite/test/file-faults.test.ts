import { closeSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { sqlite, type SqliteOptions } from '@millrace/sqlite'
import type { Store } from '@millrace/server'
import { appendOf, faultsOf, readEntries } from '@millrace/testing'
import { systemContext } from '@millrace/testing'
import { temporaryFolder } from './fixtures/temporary-folder.ts'

const pageBytes = 4_096

async function withStore<T>(options: SqliteOptions, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await sqlite(options).open(systemContext())
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

/** 2,000 entries of 500 bytes, so that the entries have pages of their own. */
async function fill(file: string): Promise<void> {
  await withStore({ file }, async ({ log }) => {
    const appends = Array.from({ length: 2_000 }, (_, index) =>
      log.append('lobby', appendOf(JSON.stringify(`entry ${index} `.padEnd(500, '.')))),
    )
    await Promise.all(appends)
  })
}

async function expectRefusal(file: string, sentence: string): Promise<void> {
  const before = readFileSync(file)
  await expect(sqlite({ file }).open(systemContext())).rejects.toThrow(sentence)
  expect(readFileSync(file).equals(before)).toBe(true)
}

describe('what lies in the file', () => {
  it('[STO83] refuses a file that is not a database, short ones included', async () => {
    using folder = temporaryFolder()
    const file = folder.file('notes.txt')
    for (const text of ['a', 'my notes '.repeat(9), 'my notes '.repeat(2_000)]) {
      writeFileSync(file, text)
      await expectRefusal(file, `${file} is not an SQLite database; choose another file`)
    }
  })

  it('[STO83] refuses a database of another application', async () => {
    using folder = temporaryFolder()
    const file = folder.file('other.db')
    const other = new Database(file)
    other.exec('CREATE TABLE invoice (id INTEGER PRIMARY KEY)')
    await expectRefusal(file, `${file} is a database of another application; choose another file`)
    other.exec('PRAGMA application_id = 77')
    await expectRefusal(file, `${file} is a database of another application; choose another file`)
    other.close()
  })

  it('[STO83] refuses a file of a newer version', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    await withStore({ file }, async ({ log }) => log.append('lobby', appendOf('1')))
    const newer = new Database(file)
    newer.exec('PRAGMA journal_mode = DELETE; PRAGMA user_version = 99')
    newer.close()
    await expectRefusal(file, `${file} was written by a newer version of @millrace/sqlite; update the package`)
  })

  it('[STO83] refuses a damaged file', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    const sentence = `${file} is damaged; move it and ${file}-wal away and restore a backup, or start without them`
    await fill(file)
    const whole = readFileSync(file)
    const zeroed = Buffer.from(whole)
    zeroed.fill(0, 40 * pageBytes, 60 * pageBytes)
    const noised = Buffer.from(whole)
    noised.fill('noise', 40 * pageBytes, 60 * pageBytes)
    for (const damaged of [
      zeroed,
      noised,
      whole.subarray(0, whole.length / 2),
      whole.subarray(0, 30 * pageBytes + 7),
    ]) {
      writeFileSync(file, damaged)
      await expectRefusal(file, sentence)
    }
  })

  it('[STO85] begins anew where the file was deleted', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    const before = await withStore(
      { file },
      async ({ log }) => (await log.append('lobby', appendOf('1', { key: 'k' }))).position,
    )
    rmSync(file)
    await withStore({ file }, async ({ log }) => {
      const page = await log.read('lobby', { direction: 'after', position: before, limit: 1, maxBytes: 1 })
      expect(page).toMatchObject({ kind: 'gap', reason: 'epoch', top: { offset: 0, id: '' } })
      expect(await log.append('lobby', appendOf('1', { key: 'k' }))).toMatchObject({ duplicate: false })
    })
  })

  it('[STO92] answers nothing from a page that is damaged while the store is open', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    await fill(file)
    const page = Math.floor(readFileSync(file).indexOf('entry 1000 ') / pageBytes)
    // So large that it is not read as a whole at the start; what was added is a hole.
    const pages = 80_000
    truncateSync(file, pages * pageBytes)
    const pageCount = Buffer.alloc(4)
    pageCount.writeUInt32BE(pages)
    const descriptor = openSync(file, 'r+')
    writeSync(descriptor, pageCount, 0, 4, 28) // https://sqlite.org/fileformat.html#in_header_database_size
    writeSync(descriptor, Buffer.alloc(pageBytes), 0, pageBytes, page * pageBytes)
    closeSync(descriptor)
    await withStore({ file }, async ({ log }) => {
      const query = { direction: 'after', position: null, limit: 10_000, maxBytes: Infinity } as const
      await expect(log.read('lobby', query)).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        message: expect.stringContaining(`${file} is damaged`),
      })
    })
  })
})

describe('where the file lies', () => {
  it('[STO82] opens a file once', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    await withStore({ file }, async () => {
      await expect(sqlite({ file }).open(systemContext())).rejects.toThrow(`${file} is in use by another server`)
    })
    await withStore({ file }, async ({ log }) => log.append('lobby', appendOf('1')))
  })

  it('[STO87] names a file that cannot be opened', async () => {
    using folder = temporaryFolder()
    await expect(sqlite({ file: folder.path }).open(systemContext())).rejects.toThrow(
      `${folder.path} cannot be opened; check that it is a file`,
    )
    const plain = folder.file('plain')
    writeFileSync(plain, '')
    const below = `${plain}/store.db`
    await expect(sqlite({ file: below }).open(systemContext())).rejects.toThrow(`${below} cannot be opened`)
  })

  it('[STO86] refuses writes on a full disk and goes on once there is space', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    await withStore({ file, maxFileBytes: 400_000 }, async (store) => {
      const { log, state, claims } = store
      const text = JSON.stringify('.'.repeat(2_000))
      const sent = Array.from({ length: 300 }, (_, index) => log.append('lobby', appendOf(text, { key: `${index}` })))
      const outcomes = await Promise.allSettled(sent)
      const stored = outcomes.filter((outcome) => outcome.status === 'fulfilled')
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(stored.length).toBeGreaterThan(50)
      expect(refused.length).toBeGreaterThan(50)
      for (const { reason } of refused) {
        expect(reason).toMatchObject({
          code: 'UNAVAILABLE',
          message: `the disk that holds ${file} is full, or maxFileBytes is reached; free some space`,
        })
      }
      await expect(
        state.write('lobby', { name: 'score', key: 'a', payload: text.repeat(20) }, 10),
      ).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      expect(store.isReady()).toBe(true)
      const entries = await readEntries(log, 'lobby')
      expect(entries.map(({ epoch, offset, id }) => ({ epoch, offset, id }))).toEqual(
        stored.map(({ value }) => value.position),
      )
      await faultsOf(log).trim('lobby', 10)
      const next = await log.append('lobby', appendOf(text, { key: 'next' }))
      expect(next.position.offset).toBe(stored.length + 1)
      expect(await claims.claim('k', 4)).toEqual({ state: 'claimed' })
    })
  })
})
