import { describe, expect, it } from 'vitest'
import type { Sample, SeriesAppended } from '@millrace/server'
import { meters, openMeters, withSeries } from './support/meters.ts'

type LooseAppend = (key: unknown, at: unknown, values: unknown) => Promise<void>

describe('appending to series', () => {
  it('[SER31] refuses what is not a sample, and stores nothing of it', async () => {
    await using pair = await openMeters()
    const load = pair.room(meters, 'hall').series('load')
    const append = load.append.bind(load) as LooseAppend
    const now = pair.clock.now()
    for (const [key, at, values, hint] of [
      ['a', now, { cpu: Number.NaN }, 'cpu of "load" must be a finite number'],
      ['a', now, { cpu: Infinity, heat: 1 }, 'cpu'],
      ['a', now, { heat: 1, cpu: -Infinity }, 'cpu'],
      ['a', now, { cpu: '1' }, 'cpu'],
      ['a', now, { cpu: null }, 'cpu'],
      ['a', now, { cpu: undefined }, 'cpu'],
      ['a', now, { rain: 1, cpu: 1 }, 'no field of that name'],
      ['a', now, { toString: 1 }, 'no field of that name'],
      ['a', now, {}, 'give one of cpu, heat'],
      ['a', now, null, '{ field: number }'],
      ['a', now, 7, '{ field: number }'],
      ['a', now + 0.5, { cpu: 1 }, 'whole milliseconds'],
      ['a', Number.NaN, { cpu: 1 }, 'whole milliseconds'],
      ['a', '1', { cpu: 1 }, 'whole milliseconds'],
      ['A b', now, { cpu: 1 }, 'key of load'],
      [undefined, now, { cpu: 1 }, 'key of load'],
      ['a'.repeat(257), now, { cpu: 1 }, '256 characters'],
    ] as const) {
      const refusal = append(key, at, values)
      await expect(refusal).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(hint) })
    }
    const { series } = await pair.openStore()
    const range = { tracks: ['cpu a', 'heat a'], from: 0, to: now + 1_000, bucketMs: 1 }
    const plan = { stepMs: 1_000, retentionMs: 86_400_000, maxTracks: 6 }
    expect(await series.read('load /meters hall {}', range, plan)).toMatchObject({ position: { version: 0 } })
    const stored = load.append('a', now, { cpu: -0 })
    await pair.settle()
    await stored
    const { tracks } = await series.read('load /meters hall {}', range, plan)
    expect(Object.is(tracks[0]?.[1], 0)).toBe(true)
    expect(() => pair.room(meters, 'hall').series('none' as never)).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_EVENT' }),
    )
  })

  it('[SER32, SER33] refuses times ahead of the clock, older than is kept, and going backwards', async () => {
    await using pair = await openMeters()
    const now = pair.clock.now()
    const outcome = async (key: string, at: number, values: { cpu?: number; heat?: number } = { cpu: 1 }) => {
      const appended = pair.room(meters, 'hall').series('load').append(key, at, values)
      const settled = appended.then(
        () => 'stored',
        (error: { code: string; message: string }) => `${error.code} ${error.message}`,
      )
      await pair.settle()
      return settled
    }
    expect(await outcome('a', now + 60_001)).toContain('INVALID_INPUT the time is 60001 ms ahead')
    expect(await outcome('a', now - 86_400_001)).toContain('INVALID_INPUT the time is older')
    expect(await outcome('a', now - 86_400_000)).toBe('stored')
    expect(await outcome('a', now + 60_000)).toBe('stored')
    expect(await outcome('a', now + 60_000, { cpu: 2 })).toBe('stored')
    expect(await outcome('a', now + 59_999)).toContain('INVALID_INPUT time goes backwards')
    expect(await outcome('a', now, { cpu: 1, heat: 7 })).toContain('time goes backwards')
    expect(await outcome('a', now - 1, { heat: 7 })).toContain('time goes backwards')
  })

  it('[SER34] refuses more keys than the contract allows', async () => {
    await using pair = await openMeters()
    const load = pair.room(meters, 'hall').series('load')
    const values = { cpu: 1, heat: 2 }
    const appended = ['a', 'b', 'c', 'd', 'a'].map((key) => load.append(key, pair.clock.now(), values))
    const settled = Promise.allSettled(appended)
    await pair.settle()
    const outcomes = await settled
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect(outcomes[3]).toMatchObject({
      reason: { code: 'OVERLOADED', message: '"load" holds 3 keys; raise its maxKeys, or use fewer' },
    })
  })

  it('[SER35, SER36] gathers the appends of a tick, and those that come while a write is under way', async () => {
    const batches: (readonly Sample[])[] = []
    const answers: (() => void)[] = []
    await using pair = await openMeters({
      wrapStore: (store) =>
        withSeries(store, ({ append }) => ({
          append: async (name, samples, plan): Promise<SeriesAppended> => {
            batches.push(samples)
            await new Promise<void>((resolve) => answers.push(resolve))
            if (samples.some(({ value }) => value === 13)) throw new Error('lost')
            return append(name, samples, plan)
          },
        })),
    })
    const now = pair.clock.now()
    const short = () => pair.room(meters, 'hall').series('short')
    const outcomes: string[] = []
    const append = (at: number, v: number): void => {
      short()
        .append('a', now + at, { v })
        .then(
          () => outcomes.push(`${v} stored`),
          (error: Error) => outcomes.push(`${v} ${error.message.slice(0, 19)}`),
        )
    }
    append(1, 1)
    append(2, 2)
    expect(batches).toEqual([])
    await pair.settle()
    append(3, 3)
    append(0, 4)
    await pair.settle()
    append(5, 5)
    expect(batches.map((batch) => batch.map(({ value }) => value))).toEqual([[1, 2]])
    answers.shift()?.()
    await pair.settle()
    expect(outcomes).toEqual(['1 stored', '2 stored'])
    expect(batches.map((batch) => batch.map(({ value }) => value))).toEqual([
      [1, 2],
      [3, 4, 5],
    ])
    answers.shift()?.()
    await pair.settle()
    expect(outcomes.slice(2)).toEqual(['3 stored', '4 time goes backwards'.slice(0, 21), '5 stored'])
    append(6, 13)
    append(7, 7)
    await pair.settle()
    answers.shift()?.()
    await pair.settle()
    expect(outcomes.slice(5)).toEqual(['13 lost', '7 lost'])
    for (let index = 0; index < 6_000; index++) append(100 + index, 100)
    await pair.settle()
    for (let writes = 0; writes < 2; writes++) {
      answers.shift()?.()
      await pair.settle()
    }
    expect(batches.slice(3).map(({ length }) => length)).toEqual([5_000, 1_000])
    expect(outcomes).toHaveLength(7 + 6_000)
    expect(pair.node().counters.updatesIn).toBe(7 + 6_000)
  })
})
