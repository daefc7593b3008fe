import Database from 'libsql'
import { sqlite } from '@millrace/sqlite'
import { Opening, type Blobs } from '@millrace/server'
import { appendOf, manualClock, readEntries, seededRandom, systemContext } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { OperationQueue } from '../src/operation-queue.ts'
import { SqliteBlobs } from '../src/sqlite-blobs.ts'
import { SqliteCore } from '../src/sqlite-core.ts'
import { workerOptions } from '../src/worker-options.ts'
import { temporaryFolder } from './fixtures/temporary-folder.ts'

function write(blobs: Blobs, name: string, size: number, room = 'page', replaces: string | null = null) {
  return blobs.write(room, { name, bytes: new Uint8Array(size).fill(7), replaces })
}

describe('kept bytes in a file', () => {
  it('[KPT41] are added to a file of version 2, and what it holds stays', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    const first = await sqlite({ file }).open(systemContext())
    await first.log.append('page', appendOf('1'))
    await first.close()
    const older = new Database(file)
    older.exec('PRAGMA journal_mode = DELETE; DROP TABLE blob; PRAGMA user_version = 2')
    older.close()
    const store = await sqlite({ file }).open(systemContext())
    expect(await readEntries(store.log, 'page')).toHaveLength(1)
    expect(await write(store.blobs, 'a', 10)).toMatchObject({ isWritten: true })
    await store.close()
  })

  it('[KPT42] are not known to be written or removed where the worker dies, and are there where they were', async () => {
    using folder = temporaryFolder()
    const core = new SqliteCore(
      workerOptions({ file: folder.file('store.db') }),
      systemContext(() => undefined),
    )
    await core.open()
    const blobs = new SqliteBlobs(core, new Opening(() => undefined), systemContext().random)
    const { revision } = await write(blobs, 'a', 100)
    const posted = [
      write(blobs, 'b', 30_000_000),
      blobs.remove('page', 'none'),
      blobs.read('page', 'a'),
      blobs.list('page', ''),
    ]
    const outcomes = Promise.allSettled(posted)
    await new Promise(setImmediate) // they are posted
    await core.terminateWorker()
    const unknown = { status: 'rejected', reason: { code: 'OUTCOME_UNKNOWN' } }
    const unavailable = { status: 'rejected', reason: { code: 'UNAVAILABLE' } }
    expect(await outcomes).toMatchObject([unknown, unknown, unavailable, unavailable])
    await expect.poll(() => core.isReady).toBe(true)
    expect(await blobs.read('page', 'a')).toMatchObject({ revision, byteLength: 100 })
    await core.close()
  })

  it('[KPT43] are refused on a full disk, and what was kept stays', async () => {
    using folder = temporaryFolder()
    const store = await sqlite({ file: folder.file('store.db'), maxFileBytes: 1_000_000 }).open(systemContext())
    const { blobs } = store
    const { revision } = await write(blobs, 'a', 400_000)
    const refused = { code: 'UNAVAILABLE', message: expect.stringContaining('maxFileBytes is reached') }
    const neighbours = await Promise.allSettled([
      write(blobs, 'small', 10),
      write(blobs, 'b', 900_000),
      write(blobs, 'a', 2_000_000, 'page', revision),
    ])
    expect(neighbours).toMatchObject([{ value: { isWritten: true } }, { reason: refused }, { reason: refused }])
    expect(await blobs.list('page', '')).toMatchObject([{ name: 'a', revision }, { name: 'small' }])
    expect((await blobs.read('page', 'a'))?.bytes.every((byte) => byte === 7)).toBe(true)
    await blobs.remove('page', 'a')
    expect(await write(blobs, 'b', 400_000)).toMatchObject({ isWritten: true })
    await store.close()
  })

  it('[KPT44] are bounded while they wait to be written', async () => {
    const clock = manualClock()
    const limits = { deadlineMs: 10_000, maxPending: 100, maxPendingBytes: 64_000_000 }
    const queue = new OperationQueue({ clock, random: seededRandom(1), ...limits, post: () => true })
    const bytes = new Uint8Array(32_000_000)
    const ask = { kind: 'writeBlob', room: 'page', name: 'a', bytes, replaces: null, revision: 'r' } as const
    const waiting = Promise.allSettled([queue.ask(ask), queue.ask(ask)])
    await expect(queue.ask(ask)).rejects.toMatchObject({ code: 'OVERLOADED' })
    clock.flush()
    await expect(queue.ask(ask)).rejects.toMatchObject({ code: 'OVERLOADED' })
    queue.answered([{ serial: 0, results: [0, 1].map(() => ({ ok: { isWritten: false, revision: null } })) }])
    expect(await waiting).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }])
    void queue.ask(ask).catch(() => undefined)
    expect(queue.died('the thread ended')).toEqual([])
  })

  it('[KPT45] are of no more than maxRooms rooms', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    const provider = sqlite({ file, maxRooms: 2 })
    let store = await provider.open(systemContext())
    for (const name of ['a', 'b']) await write(store.blobs, name, 1, 'one')
    await write(store.blobs, 'a', 1, 'two')
    await expect(write(store.blobs, 'a', 1, 'three')).rejects.toMatchObject({ code: 'OVERLOADED' })
    await store.close()
    store = await provider.open(systemContext())
    await store.blobs.remove('one', 'a')
    await expect(write(store.blobs, 'a', 1, 'three')).rejects.toMatchObject({ code: 'OVERLOADED' })
    await store.blobs.remove('one', 'b')
    expect(await write(store.blobs, 'a', 1, 'three')).toMatchObject({ isWritten: true })
    await store.close()
  })
})
