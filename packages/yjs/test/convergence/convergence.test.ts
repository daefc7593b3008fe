import { describe, expect, it } from 'vitest'
import { runSeed, type SeedOutcome } from './run-seed.ts'
import { isLong, isReplay, seedsOf } from './seeds.ts'

describe('five clients over cuts, kills and compactions, in memory', () => {
  const outcomes: SeedOutcome[] = []

  it.each(seedsOf(20, 1_000))('[DOC150, DOC151] seed %i', { timeout: 60_000 }, async (seed) => {
    outcomes.push(await runSeed(seed))
  })

  if (isReplay) return

  it.each([
    [197, 'who could only read did not learn of a recovered connection that they may write'],
    [692, 'a cursor that was refused since the client was put out was reported as a fault'],
  ])('[DOC150, DOC151] seed %i, where %s', { timeout: 60_000 }, async (seed) => {
    outcomes.push(await runSeed(seed))
  })

  it('[DOC152] nodes died between a snapshot and its trim', () => {
    const between = outcomes.reduce((sum, outcome) => sum + outcome.between, 0)
    expect(between).toBeGreaterThan(isLong ? 50 : 5)
    expect(outcomes.reduce((sum, { edits }) => sum + edits, 0)).toBeGreaterThan(outcomes.length * 10)
  })
})
