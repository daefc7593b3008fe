import { memory } from '@millrace/server'
import { modelSuite } from '@millrace/testing'

// 10,000 steps, 200,000 in the long form.
modelSuite('memory', () => ({ store: memory() }), { seeds: 20, steps: 500, shrinkable: 50 })
