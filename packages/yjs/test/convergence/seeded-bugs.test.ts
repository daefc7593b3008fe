import { memory } from '@millrace/server'
import { expect, it } from 'vitest'
import { runSeed } from './run-seed.ts'
import { seededBugs } from './seeded-bugs.ts'

/** Of the first of these seeds that finds it. */
const mostSeeds = 8

it.each(Object.keys(seededBugs))('[DOC154] red: %s', { timeout: 60_000 }, async (name) => {
  for (let seed = 1; seed <= mostSeeds; seed++) {
    const outcome = await runSeed(seed, memory(), seededBugs[name]).catch((error: unknown) => error)
    if (outcome instanceof Error) return expect(outcome.message).toContain(`replay with CONVERGENCE_SEED=${seed}`)
  }
  expect.fail(`${mostSeeds} seeds are green with the bug; the oracle does not see it`)
})
