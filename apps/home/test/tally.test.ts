import { assert, integer, property, array, constantFrom } from 'fast-check'
import { expect, it } from 'vitest'
import { emptyTally, withGap, withTick, type Tally } from '../web/pulse/tally.ts'

type Step = number | 'trimmed' | 'epoch' | 'rewound'

function tallyOf(...steps: readonly Step[]): Tally {
  return steps.reduce<Tally>(
    (tally, step) => (typeof step === 'number' ? withTick(tally, step, false) : withGap(tally, step)),
    emptyTally,
  )
}

it('[HOM9] what comes one after the other is whole, wherever it begins', () => {
  expect(tallyOf(7, 8, 9)).toMatchObject({ received: 3, lost: 0, repeated: 0, gaps: 0, told: 0, last: 9 })
})

it('[HOM9] a hole is lost, by its size', () => {
  expect(tallyOf(1, 2, 6, 8)).toMatchObject({ received: 4, lost: 4, repeated: 0 })
})

it('[HOM9] what comes again or out of order is repeated, and undoes no loss', () => {
  expect(tallyOf(1, 2, 2, 1, 3)).toMatchObject({ received: 5, lost: 0, repeated: 2, last: 3 })
  expect(tallyOf(1, 3, 2, 4)).toMatchObject({ lost: 1, repeated: 1, last: 4 })
})

it('[HOM10] what a gap told of is not lost, once', () => {
  expect(tallyOf(1, 'trimmed', 11, 13)).toMatchObject({ gaps: 1, told: 9, lost: 1 })
  expect(tallyOf(1, 'trimmed', 2)).toMatchObject({ gaps: 1, told: 0, lost: 0 })
  expect(tallyOf(5, 'trimmed', 3)).toMatchObject({ gaps: 1, told: 0, repeated: 1 })
})

it.each(['epoch', 'rewound'] as const)('[HOM10] after a gap %s it starts afresh', (reason) => {
  expect(tallyOf(50, reason, 1, 2, 4)).toMatchObject({ gaps: 1, told: 0, lost: 1, repeated: 0, last: 4 })
})

it('[HOM9] without gaps, what was received once and what was lost is everything between the first and the last', () => {
  const steps = array(integer({ min: 1, max: 40 }), { minLength: 1 })
  assert(
    property(steps, (numbers) => {
      const { received, lost, repeated, last = 0 } = tallyOf(...numbers)
      expect(received - repeated + lost).toBe(last - (numbers[0] ?? 0) + 1)
      expect(received).toBe(numbers.length)
    }),
  )
})

it('[HOM9, HOM10] counts never go down', () => {
  const step = constantFrom<Step>('trimmed', 'epoch', 'rewound', 1, 2, 3, 4, 9)
  assert(
    property(array(step), step, (steps, more) => {
      const [before, after] = [tallyOf(...steps), tallyOf(...steps, more)]
      for (const name of ['received', 'lost', 'repeated', 'gaps', 'told'] as const)
        expect(after[name]).toBeGreaterThanOrEqual(before[name])
    }),
  )
})
