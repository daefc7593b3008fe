import { copyFileSync, existsSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import Database from 'libsql'
import { sqlite } from '@millrace/sqlite'
import type { Sample } from '@millrace/server'
import { createStoreFixture, systemContext } from '@millrace/testing'
import { SqliteCore } from '../src/sqlite-core.ts'
import { workerOptions } from '../src/worker-options.ts'
import { plan, readTrack, samplesOf } from './fixtures/series-samples.ts'
import { temporaryFolder } from './fixtures/temporary-folder.ts'

const dayMs = 86_400_000
let copies = 0

/** In the file of a store that is closed; in a copy, since libsql holds a file until its memory is collected. */
function countIn(file: string, table: string): number {
  const copy = `${file} ${table} ${copies++}`
  for (const part of ['', '-wal']) if (existsSync(file + part)) copyFileSync(file + part, copy + part)
  const database = new Database(copy)
  const [count] = database.prepare(`SELECT count(*) FROM ${table}`).raw().get() as [number]
  database.close()
  return count
}

describe('series in a file', () => {
  it('[SER70] begin anew where their steps or rollups are others', async () => {
    using folder = temporaryFolder()
    const store = await sqlite({ file: folder.file('store.db') }).open(systemContext())
    const { series } = store
    let { position } = await series.append('cpu', samplesOf(0), plan)
    expect((await series.append('cpu', samplesOf(1), { ...plan, retentionMs: 20 * dayMs })).position.version).toBe(2)
    for (const other of [
      { ...plan, stepMs: 2_000 },
      { ...plan, retentionMs: 3_000_000 },
    ]) {
      expect(await readTrack(series, 'cpu', 1, other)).toEqual([])
      const now = [{ track: 'value ada', at: Date.now(), value: 1 }]
      const after = await series.append('cpu', now, other)
      expect(after.position.version).toBe(1)
      expect(after.position.epoch).not.toBe(position.epoch)
      expect(await readTrack(series, 'cpu', 1, other)).toEqual([now[0]?.at, 1])
      expect(await readTrack(series, 'cpu', 1)).toEqual([])
      position = after.position
    }
    await store.close()
  })

  it('[SER71] answer alike, whether in memory or not', async () => {
    using folder = temporaryFolder()
    const store = await sqlite({ file: folder.file('store.db') }).open(systemContext())
    const start = Date.now() - 100_000
    // More than are held in memory, so that each time all of them are read again.
    const samples = Array.from({ length: 12_000 }, (_, index): Sample => ({
      track: `v ${index}`,
      at: start,
      value: index,
    }))
    for (let step = 0; step < 2; step++) {
      const later = samples.map(({ track, at, value }) => ({ track, at: at + step * 15_000, value: value + step }))
      const { refused } = await store.series.append('cpu', later, plan)
      expect(refused).toEqual([])
    }
    const { refused } = await store.series.append('cpu', samples.slice(0, 2), plan)
    expect(refused).toHaveLength(2)
    const tracks = ['v 0', 'v 5999', 'v 11999']
    const query = { tracks, from: 0, to: Number.MAX_SAFE_INTEGER, bucketMs: 10_000 }
    const read = await store.series.read('cpu', query, plan)
    expect(read.tracks.map((numbers) => [...numbers])).toEqual(
      [0, 5_999, 11_999].map((value) => [0, 1].flatMap((step) => [start + step * 15_000, value + step])),
    )
    await store.close()
  })

  it('[SER91] tell subscribers that they missed what the thread took along', async () => {
    using folder = temporaryFolder()
    const errors: unknown[] = []
    const core = new SqliteCore(
      workerOptions({ file: folder.file('store.db') }),
      systemContext((error) => errors.push(error)),
    )
    await core.open()
    const heard: unknown[] = []
    core.series.subscribers.add('cpu', (news) => heard.push(news === 'missed' ? news : news.samples.length))
    await core.series.append('cpu', samplesOf(0), plan)
    expect(heard).toEqual([samplesOf(0).length])
    const sent = Array.from({ length: 50 }, (_, index) => core.series.append('cpu', samplesOf(index + 1), plan))
    const settled = Promise.allSettled(sent)
    await new Promise(setImmediate) // they are posted
    await core.terminateWorker()
    const lost = (await settled).filter((outcome) => outcome.status === 'rejected')
    expect(lost.length).toBeGreaterThan(0)
    for (const { reason } of lost) expect(reason).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    await vi.waitFor(() => expect(heard).toContain('missed'))
    expect(errors).toMatchObject([{ code: 'UNAVAILABLE' }])
    await core.close()
  })

  it('[SER6] keep what is appended to a track that expires in the same append', async () => {
    using folder = temporaryFolder()
    const fixture = createStoreFixture(sqlite({ file: folder.file('store.db') }), { defer: setImmediate })
    const { series } = await fixture.open()
    const small = { stepMs: 1_000, retentionMs: 3_600_000, maxTracks: 2 }
    const append = (...samples: Sample[]) => series.append('cpu', samples, small)
    const start = fixture.clock.now()
    await append({ track: 'v a', at: start, value: 1 }, { track: 'v b', at: start, value: 1 })
    fixture.clock.advance(4_000_000)
    const now = fixture.clock.now()
    const { refused } = await append(
      { track: 'v a', at: start - 1, value: 2 },
      { track: 'v c', at: now, value: 3 },
      { track: 'v a', at: now, value: 4 },
    )
    expect(refused).toEqual([{ index: 0, why: 'backwards' }])
    await fixture[Symbol.asyncDispose]()
    const again = await sqlite({ file: folder.file('store.db') }).open({ ...systemContext(), clock: fixture.clock })
    const query = { tracks: ['v a', 'v b', 'v c'], from: 0, to: Number.MAX_SAFE_INTEGER, bucketMs: 1 }
    const { tracks } = await again.series.read('cpu', query, small)
    expect(tracks.map((numbers) => [...numbers])).toEqual([[now, 4], [], [now, 3]])
    await again.close()
  })

  it('[SER92] are deleted when they have expired', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    const provider = sqlite({ file })
    const short = { ...plan, retentionMs: dayMs }
    const fixture = createStoreFixture(provider, { defer: setImmediate })
    const { series, ...store } = await fixture.open()
    const start = fixture.clock.now() - dayMs + 60_000
    const append = (track: string, from: number) =>
      series.append(
        'cpu',
        Array.from({ length: 2_000 }, (_, index) => ({ track, at: from + index * 1_000, value: index })),
        short,
      )
    await append('v idle', start)
    await series.append('cpu', [{ track: 'v idle', at: fixture.clock.now(), value: 1 }], short)
    await append('v gone', start)
    const query = { tracks: ['v idle'], from: -Infinity, to: Number.MAX_SAFE_INTEGER, bucketMs: 1 }
    const sweepAfter = async (ms: number): Promise<void> => {
      fixture.clock.jump(ms)
      fixture.clock.advance(600_000)
      // The sweep was posted in this tick, and has several turns.
      for (let turn = 0; turn < 5; turn++) await series.read('other', query, short)
    }
    await sweepAfter(3_000_000)
    expect((await series.read('cpu', query, short)).tracks[0]).toHaveLength(2)
    await store.close()
    expect(countIn(file, 'series_track')).toBe(1)
    expect(countIn(file, 'series_chunk')).toBeLessThanOrEqual(3)
    const again = await fixture.open()
    fixture.clock.jump(31 * dayMs)
    fixture.clock.advance(600_000)
    for (let turn = 0; turn < 5; turn++) await again.series.read('other', query, short)
    await again.close()
    expect([countIn(file, 'series_track'), countIn(file, 'series_chunk')]).toEqual([0, 0])
    await fixture[Symbol.asyncDispose]()
  })

  it('[SER93] are added to a file of version 1', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    const first = await sqlite({ file }).open(systemContext())
    await first.state.write('lobby', { name: 'score', key: 'a', payload: '1' }, 10)
    await first.close()
    const older = new Database(file)
    older.exec('PRAGMA journal_mode = DELETE')
    for (const table of ['series', 'series_track', 'series_chunk', 'blob']) older.exec(`DROP TABLE ${table}`)
    older.exec('PRAGMA user_version = 1')
    older.close()
    const store = await sqlite({ file }).open(systemContext())
    expect((await store.state.read('lobby')).values).toHaveLength(1)
    await store.series.append('cpu', samplesOf(0), plan)
    expect(await readTrack(store.series, 'cpu', 1)).toHaveLength(2 * samplesOf(0).length)
    await store.close()
  })

  it('[SER94] are no more than maxRooms', async () => {
    using folder = temporaryFolder()
    const store = await sqlite({ file: folder.file('store.db'), maxRooms: 2 }).open(systemContext())
    for (const name of ['a', 'b']) await store.series.append(name, samplesOf(0), plan)
    await expect(store.series.append('c', samplesOf(0), plan)).rejects.toMatchObject({ code: 'OVERLOADED' })
    await store.series.append('a', samplesOf(1), plan)
    await store.close()
  })
})
