import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check'
import { describe, it } from 'vitest'
import type { StoreProvider } from '@millrace/server'
import { stepKinds, type ModelStep } from './model-step.ts'
import { modelOf, runModel } from './run-model.ts'

/** Data of one run; `remove` runs after it. */
export interface ModelStore {
  readonly store: StoreProvider
  readonly remove?: () => Promise<void>
}

export interface ModelPlan {
  /** 20 times as many with MILLRACE_LONG=1; just that one with MODEL_SEED. */
  readonly seeds: number
  readonly steps: number
  /** Runs of random steps that are shrunk where they fail; for a store that is fast. Default none. */
  readonly shrinkable?: number
}

const steps = array(
  record<ModelStep>({
    kind: constantFrom(...stepKinds),
    who: integer({ min: 0, max: 2 }),
    size: integer({ min: 0, max: 999 }),
  }),
  { minLength: 20, maxLength: 80 },
)

/** Three clients, seeded faults, and the promises that hold through all of them. */
export function modelSuite(name: string, createStore: () => ModelStore, plan: ModelPlan): void {
  const { MILLRACE_LONG, MODEL_SEED } = process.env
  const count = MILLRACE_LONG === '1' ? plan.seeds * 20 : plan.seeds
  const seeds = MODEL_SEED ? [Number(MODEL_SEED)] : Array.from({ length: count }, (_, index) => index + 1)
  const run = async (seed: number, taken?: readonly ModelStep[]) => {
    const { store, remove } = createStore()
    const model = modelOf(seed, plan.steps, store)
    try {
      await runModel(model.options, taken ?? model.steps)
    } finally {
      await remove?.()
    }
  }

  describe(`model: ${name}`, () => {
    it.each(seeds)('[P1, P2, P3, P5] seed %i', { timeout: 60_000 }, (seed) => run(seed))

    const { shrinkable: numRuns } = plan
    if (numRuns === undefined) return
    it('[P1, P2, P3, P5] any steps, told as few as fail', { timeout: 60_000 }, () =>
      assert(asyncProperty(integer({ min: 1, max: 8 }), steps, run), { numRuns, seed: 1 }),
    )
  })
}
