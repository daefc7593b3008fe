import type { Sample } from '@millrace/server'
import { startRedis, type RedisServer } from '@millrace/testing/faults'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { redisFixture } from './fixtures/redis-fixture.ts'

let server: RedisServer
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server[Symbol.asyncDispose]())

const createFixture = redisFixture(() => server.url)

it('[SER6] makes room for more tracks than are looked through at once', async () => {
  await using fixture = await createFixture()
  const { series } = await fixture.open()
  const plan = { stepMs: 1_000, retentionMs: 3_600_000, maxTracks: 3_000 }
  const samplesOf = (first: number, count: number): Sample[] =>
    Array.from({ length: count }, (_, index) => ({ track: `v ${first + index}`, at: fixture.clock.now(), value: 1 }))
  expect((await series.append('cpu', samplesOf(0, 3_001), plan)).refused).toEqual([{ index: 3_000, why: 'full' }])
  fixture.clock.advance(1_800_000)
  await series.append('cpu', samplesOf(0, 500), plan)
  fixture.clock.advance(1_900_000)
  const { refused } = await series.append('cpu', samplesOf(3_000, 2_600), plan)
  expect(refused).toHaveLength(100)
  expect(refused[0]).toEqual({ index: 2_500, why: 'full' })
  const tracks = ['v 0', 'v 499', 'v 500', 'v 5499', 'v 5500']
  const page = await series.read('cpu', { tracks, from: 0, to: Number.MAX_SAFE_INTEGER, bucketMs: 1 }, plan)
  expect(page.tracks.map(({ length }) => length)).toEqual([2, 2, 0, 2, 0])
})
