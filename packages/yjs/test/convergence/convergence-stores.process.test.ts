import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoreProvider } from '@millrace/server'
import { startRedis } from '@millrace/testing/faults'
import { expect, it } from 'vitest'
import { readInProcess } from './read-in-process.ts'
import { redisInWorld } from './redis-in-world.ts'
import { runSeed, type SeedOutcome } from './run-seed.ts'
import { isLong, isReplay, seedsOf } from './seeds.ts'
import { storeOf, type StoredBy } from './stored-by.ts'

interface Stores extends AsyncDisposable {
  readonly storedBy: (seed: number) => StoredBy
  readonly open: (stored: StoredBy) => StoreProvider
}

function sqliteFiles(): Stores {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-convergence-'))
  return {
    storedBy: (seed) => ({ file: join(folder, `${seed}.db`) }),
    open: storeOf,
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true }),
  }
}

async function redisPrefixes(): Promise<Stores> {
  const server = await startRedis()
  return {
    storedBy: (seed) => ({ url: server.url, prefix: `seed${seed}` }),
    open: (stored) => ('url' in stored ? redisInWorld(stored.url, stored.prefix) : storeOf(stored)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** Runs the seeds; then a process that is started after all reads what they left. @returns Kills between snapshot and trim. */
async function runAll({ storedBy, open }: Stores, seeds: readonly number[]): Promise<number> {
  const outcomes: SeedOutcome[] = []
  for (const seed of seeds) outcomes.push(await runSeed(seed, open(storedBy(seed))))
  const states = await readInProcess(seeds.map(storedBy))
  expect(states).toEqual(outcomes.map(({ state }) => state))
  return outcomes.reduce((sum, { between }) => sum + between, 0)
}

it.each([
  ['SQLite', sqliteFiles],
  ['Redis', redisPrefixes],
])(
  '[DOC150, DOC151, DOC152, DOC153] a process that is started after all reads what the replicas have: %s',
  async (_name, start) => {
    await using stores = await start()
    const between = await runAll(stores, seedsOf(3, 200))
    if (!isReplay) expect(between).toBeGreaterThan(isLong ? 50 : 0)
  },
)
