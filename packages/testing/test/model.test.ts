import { memory } from '@millrace/server'
import { modelSuite } from '@millrace/testing'
import { it } from 'vitest'
import { modelOf, runModel } from '../src/model/run-model.ts'

// 10,000 steps, 200,000 in the long form.
modelSuite('memory', () => ({ store: memory() }), { seeds: 20, steps: 500, shrinkable: 50 })

// Beyond those of the suite.
it.each([
  [5051, 'a node that is behind told again what was heard before its client left'],
  [6078, 'what the log had taken back was sent out of an earlier read for ever'],
  [21_733, 'a membership that another one had replaced was told of a gap'],
])('[P1, P2, P3, P5, REC22] seed %i: %s', async (seed) => {
  const { options, steps } = modelOf(seed, 500, memory())
  await runModel(options, steps)
})
