import { memory } from '@millrace/server'
import { expect, it } from 'vitest'
import { runSeed } from './run-seed.ts'
import { seededBugs } from './seeded-bugs.ts'

/** One of the first seeds must find it. */
const mostSeeds = 8

const unlike = /replica|was acknowledged and is missing|refers to what was lost/
const lost = /was acknowledged and is missing/

it.each([
  ['the log is trimmed before the snapshot is stored', unlike],
  ['opening leaves out an entry of the tail', unlike],
  ['an update is acknowledged before it is appended', lost],
  ['a snapshot misses the last update', unlike],
  ['a client forgets unsent edits when it reloads', lost],
])('[DOC154] red: %s', { timeout: 60_000 }, async (name, expected) => {
  const bug = seededBugs[name]
  expect(bug).toBeDefined()
  for (let seed = 1; seed <= mostSeeds; seed++) {
    const thrown = await runSeed(seed, memory(), bug).then(
      () => undefined,
      (error: Error) => error,
    )
    if (thrown) return expect(thrown.message).toMatch(expected)
  }
  expect.fail(`${mostSeeds} seeds are green with the bug; the oracle does not see it`)
})
