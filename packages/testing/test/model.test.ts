import { describe, it } from 'vitest'
import { modelOf, runModel } from '../src/model/run-model.ts'

const isLong = process.env.MILLRACE_LONG === '1'
const chosen = process.env.MODEL_SEED
const seeds = chosen ? [Number(chosen)] : Array.from({ length: isLong ? 400 : 20 }, (_, index) => index + 1)

describe('model: memory', () => {
  it.each(seeds)('[P1, P2, P3, P5] seed %i', { timeout: 60_000 }, async (seed) => {
    const { options, steps } = modelOf(seed, 500)
    await runModel(options, steps)
  })
})
