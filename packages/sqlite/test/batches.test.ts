import { describe, expect, it } from 'vitest'
import { sqlite } from '@millrace/sqlite'
import { appendOf, manualClock, readEntries, seededRandom } from '@millrace/testing'
import { OperationQueue } from '../src/operation-queue.ts'
import type { Batch, OperationOf, Result } from '../src/protocol.ts'
import { SqliteCore } from '../src/sqlite-core.ts'
import { isFatal } from '../src/worker/faults.ts'
import { workerOptions } from '../src/worker-options.ts'
import { systemContext } from '@millrace/testing'
import { temporaryFolder } from './fixtures/temporary-folder.ts'

const read: OperationOf<'tails'> = { kind: 'tails', rooms: ['lobby'] }
const write: OperationOf<'settle'> = { kind: 'settle', key: 'k', answer: '12345' }

function createQueue(limits: { maxPending?: number; maxPendingBytes?: number } = {}) {
  const clock = manualClock()
  const posted: Batch[] = []
  let isOpen = true
  const queue = new OperationQueue({
    clock,
    random: seededRandom(1),
    deadlineMs: 10_000,
    maxPending: 100,
    maxPendingBytes: 1_000,
    ...limits,
    post: (message) => {
      if (isOpen && message !== 'close') posted.push(message)
      return isOpen
    },
  })
  const answer = (serial: number, results: readonly Result[]): void => queue.answered([{ serial, results }])
  return { clock, queue, posted, answer, shut: () => (isOpen = false) }
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise(setImmediate)
}

describe('operations on their way to the worker', () => {
  it('gathers the operations of a tick', async () => {
    const { clock, queue, posted, answer } = createQueue()
    const asked = [queue.ask(read), queue.ask(write)]
    expect(posted).toEqual([])
    clock.flush()
    expect(posted.map(({ operations }) => operations)).toEqual([[read, write]])
    answer(0, [{ ok: [] }, { ok: null }])
    expect(await Promise.all(asked)).toEqual([[], null])
  })

  it('[STO88] tells what was posted from what was not when the worker dies', async () => {
    const { clock, queue, shut } = createQueue()
    const posted = [queue.ask(write), queue.ask(read)]
    clock.flush()
    const gathered = queue.ask(write)
    expect(queue.died('the thread ended')).toEqual([write, read])
    shut()
    clock.flush()
    await expect(posted[0]).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    await expect(posted[1]).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await expect(gathered).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(clock.timerCount).toBe(0)
  })

  it('[STO89] answers within the deadline and hears later what was committed', async () => {
    const { clock, queue, answer } = createQueue()
    const heard: unknown[] = []
    const late = [queue.ask(write, (value) => heard.push(value)), queue.ask(read)]
    clock.flush()
    clock.advance(9_999)
    expect(queue.isOverdue).toBe(false)
    clock.advance(1)
    await expect(late[0]).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    await expect(late[1]).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(queue.isOverdue).toBe(true)
    answer(0, [{ ok: null }, { ok: [] }])
    expect(heard).toEqual([null])
    expect(queue.isOverdue).toBe(false)
  })

  it('[STO90] refuses more operations than may wait', async () => {
    const { clock, queue, answer } = createQueue({ maxPending: 2 })
    const asked = [queue.ask(read), queue.ask(read)]
    await expect(queue.ask(read)).rejects.toMatchObject({ code: 'OVERLOADED' })
    clock.flush()
    await expect(queue.ask(read)).rejects.toMatchObject({ code: 'OVERLOADED' })
    answer(0, [{ ok: [] }, { ok: [] }])
    await Promise.all(asked)
    void queue.ask(read).catch(() => undefined)
    expect(queue.died('the thread ended')).toEqual([])
  })

  it('[STO90] refuses more bytes than may wait', async () => {
    const { queue } = createQueue({ maxPendingBytes: 10 })
    void queue.ask(write).catch(() => undefined)
    void queue.ask(write).catch(() => undefined)
    await expect(queue.ask(read)).rejects.toMatchObject({ code: 'OVERLOADED' })
  })
})

describe('one transaction', () => {
  it('[STO81] refuses an operation without its neighbours', async () => {
    using folder = temporaryFolder()
    const store = await sqlite({ file: folder.file('store.db') }).open(systemContext())
    const { log } = store
    const outcomes = await Promise.allSettled([
      log.append('lobby', appendOf('"a"', { key: 'k' })),
      log.append('lobby', appendOf('"b"', { key: 'k' })),
      store.state.write('lobby', { name: 'score', key: 'a', payload: '1' }, 0),
      log.append('lobby', appendOf('"c"')),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect((await readEntries(log, 'lobby')).map(({ payload }) => payload)).toEqual(['"a"', '"c"'])
    await store.close()
  })

  it('[STO91] refuses text that SQLite would change', async () => {
    using folder = temporaryFolder()
    const store = await sqlite({ file: folder.file('store.db') }).open(systemContext())
    for (const text of ['"\0"', '"\ud800"']) {
      await expect(store.log.append('lobby', appendOf(text))).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      await expect(store.state.write('lobby', { name: 'a', key: 'b', payload: text }, 9)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      })
    }
    await store.close()
  })
})

describe('faults of SQLite', () => {
  it('[STO93] takes extended codes for what they are', () => {
    expect(isFatal({ code: 'UNKNOWN_SQLITE_ERROR_1034', rawCode: 1_034 })).toBe(true) // SQLITE_IOERR_FSYNC
    expect(isFatal({ code: 'SQLITE_CORRUPT', rawCode: 11 })).toBe(true)
    expect(isFatal({ code: 'SQLITE_FULL', rawCode: 13 })).toBe(false)
    expect(isFatal({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY', rawCode: 1_555 })).toBe(false)
    expect(isFatal(new TypeError('a bug'))).toBe(false)
  })
})

describe('a worker that dies', () => {
  it('[STO94] does not take more than 60 s to open', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    const clock = manualClock()
    const opening = sqlite({ file }).open({ ...systemContext(), clock })
    await Promise.resolve() // the worker is started
    clock.advance(60_000)
    await expect(opening).rejects.toThrow(`${file} did not open within 60 s; look at the disk`)
    expect(clock.timerCount).toBe(0)
  })

  it('[STO88] is replaced, and subscribers hear what it had committed', async () => {
    using folder = temporaryFolder()
    const errors: unknown[] = []
    const core = new SqliteCore(
      workerOptions({ file: folder.file('store.db') }),
      systemContext((error) => errors.push(error)),
    )
    await core.open()
    const heard = new Map<number, string>()
    core.log.subscribers.add('lobby', (entries) => {
      for (const { offset, id } of entries) heard.set(offset, id)
    })
    await core.log.append('lobby', appendOf('"before"'))
    const sent = Array.from({ length: 500 }, (_, index) => core.log.append('lobby', appendOf(`${index}`)))
    const settled = Promise.allSettled(sent)
    await new Promise(setImmediate) // they are posted
    await core.terminateWorker()
    for (const outcome of await settled) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    }
    await expect(core.ask({ kind: 'tails', rooms: ['lobby'] })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(core.isReady).toBe(false)
    expect(errors).toMatchObject([{ code: 'UNAVAILABLE' }])
    await until(() => core.isReady)
    const query = { direction: 'after', position: null, limit: 1_000, maxBytes: Infinity } as const
    const page = await core.ask({ kind: 'read', room: 'lobby', query })
    const entries = page.kind === 'page' ? page.entries : []
    await until(() => heard.size >= entries.length)
    expect([...heard].toSorted(([a], [b]) => a - b)).toEqual(entries.map(({ offset, id }) => [offset, id]))
    await core.close()
  })
})
