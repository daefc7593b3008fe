import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readInProcess } from './read-in-process.ts'
import { redisInWorld } from './redis-in-world.ts'
import { runSeed, type SeedOutcome } from './run-seed.ts'
import { chunksOf, isLong, isReplay, seedsOf } from './seeds.ts'
import { storeOf, type StoredBy } from './stored-by.ts'
import { startStores, type Stores } from './stores.ts'

function storeInWorld(stored: StoredBy) {
  return 'file' in stored ? storeOf(stored) : redisInWorld(stored.url, stored.prefix)
}

describe.each(Object.keys(startStores))('on %s', (name) => {
  let stores: Stores
  let between = 0
  beforeAll(async () => {
    stores = await startStores[name]!()
  })
  afterAll(() => stores[Symbol.asyncDispose]())

  it.each(chunksOf(seedsOf(3, 1_000), 20))(
    '[DOC150, DOC151, DOC153] a process that is started after all reads what the replicas have: seeds from %i',
    async (...seeds) => {
      const outcomes: SeedOutcome[] = []
      for (const seed of seeds) outcomes.push(await runSeed(seed, storeInWorld(stores.storedBy(seed))))
      expect(await readInProcess(seeds.map(stores.storedBy))).toEqual(outcomes.map(({ state }) => state))
      const died = outcomes.reduce((sum, outcome) => sum + outcome.between, 0)
      between += died
      if (isLong) console.log(`${name}: in ${seeds.length} seeds ${died} nodes died between a snapshot and its trim`)
    },
  )

  if (isReplay) return

  it('[DOC152] nodes died between a snapshot and its trim', () => {
    expect(between).toBeGreaterThan(isLong ? 50 : 0)
  })
})
