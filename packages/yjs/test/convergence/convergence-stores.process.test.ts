import { expect, it } from 'vitest'
import { readInProcess } from './read-in-process.ts'
import { redisInWorld } from './redis-in-world.ts'
import { runSeed, type SeedOutcome } from './run-seed.ts'
import { isLong, isReplay, seedsOf } from './seeds.ts'
import { storeOf, type StoredBy } from './stored-by.ts'
import { startStores } from './stores.ts'

function storeInWorld(stored: StoredBy) {
  return 'file' in stored ? storeOf(stored) : redisInWorld(stored.url, stored.prefix)
}

it.each(Object.keys(startStores))(
  '[DOC150, DOC151, DOC152, DOC153] a process that is started after all reads what the replicas have: %s',
  async (name) => {
    await using stores = await startStores[name]!()
    const outcomes: SeedOutcome[] = []
    const seeds = seedsOf(3, 200)
    for (const seed of seeds) outcomes.push(await runSeed(seed, storeInWorld(stores.storedBy(seed))))
    expect(await readInProcess(seeds.map(stores.storedBy))).toEqual(outcomes.map(({ state }) => state))
    const between = outcomes.reduce((sum, outcome) => sum + outcome.between, 0)
    if (!isReplay) expect(between).toBeGreaterThan(isLong ? 50 : 0)
  },
)
