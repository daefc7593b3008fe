import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { memory } from '@millrace/server'
import { sqlite } from '@millrace/sqlite'
import { systemContext } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { plan, readTrack, samplesOf } from './fixtures/series-samples.ts'
import { temporaryFolder } from './fixtures/temporary-folder.ts'

const program = new URL('fixtures/append-samples-until-killed.ts', import.meta.url)

/** @returns How many batches of each series were acknowledged before the process was killed. */
async function appendUntilKilled(file: string, killAt: number): Promise<ReadonlyMap<string, number>> {
  const options = ['--import', 'tsx', '--conditions=@millrace/source', program.pathname, file]
  const child = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  const acknowledged = new Map<string, number>()
  let lines = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name = '', batch] = /^([a-d]) (\d+)$/.exec(line) ?? []
    if (name !== '') acknowledged.set(name, Number(batch) + 1)
    if (++lines === killAt) child.kill('SIGKILL')
  }
  await exit
  return acknowledged
}

describe('series in the file of a killed process', () => {
  it('[SER90] has every acknowledged sample in every rollup', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    const acknowledged = await appendUntilKilled(file, 400)
    expect(acknowledged.size).toBe(4)
    const store = await sqlite({ file }).open(systemContext())
    for (const [name, count] of acknowledged) {
      expect(count).toBeGreaterThan(20)
      const position = (await store.series.append(name, [], plan)).position
      // What was committed and not said may be there too.
      expect(position.version).toBeGreaterThanOrEqual(count)
      expect(position.version).toBeLessThanOrEqual(count + 1)
      const same = await memory().open(systemContext())
      for (let batch = 0; batch < position.version; batch++) await same.series.append(name, samplesOf(batch), plan)
      for (const bucketMs of [1, 1_000, 10_000, 60_000, 600_000])
        expect(await readTrack(store.series, name, bucketMs)).toEqual(await readTrack(same.series, name, bucketMs))
      const late = await store.series.append(name, samplesOf(0), plan)
      expect(late.refused).toHaveLength(samplesOf(0).length)
      await same.close()
    }
    await store.close()
  })
})
