import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Outbox } from '../src/outbox.ts'

interface Entry {
  readonly lane: string
  readonly bytes: number
  readonly number: number
}

/** What an outbox must do, written down in the plainest way: one list, whose entries are waiting or sent. */
class Model {
  entries: { entry: Entry; isSent: boolean }[] = []

  get bytes(): number {
    return this.entries.reduce((sum, { entry }) => sum + entry.bytes, 0)
  }

  due(lane: string): Entry[] {
    const due = this.entries.filter(({ entry, isSent }) => entry.lane === lane && !isSent)
    for (const each of due) each.isSent = true
    return due.map(({ entry }) => entry)
  }

  lost(lane: string): void {
    for (const each of this.entries) if (each.entry.lane === lane) each.isSent = false
  }

  settle(entry: Entry): boolean {
    const before = this.entries.length
    this.entries = this.entries.filter((each) => each.entry !== entry)
    return this.entries.length < before
  }
}

const lane = fc.constantFrom('/chat', '/chat a', '/chat b')
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), lane, bytes: fc.nat(40) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('due' as const), lane }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lost' as const), lane }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const), which: fc.nat(60) }) },
)

test('[OUT1, OUT2, OUT3] keeps order per lane, settles once, and stays within its bounds', () => {
  const limits = { maxRequests: 12, maxBytes: 200 }
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const outbox = new Outbox<Entry>(limits)
      const model = new Model()
      const all: Entry[] = []
      for (const current of steps) {
        if (current.do === 'add') {
          const entry = { lane: current.lane, bytes: current.bytes, number: all.length }
          all.push(entry)
          const fits = model.entries.length < limits.maxRequests && model.bytes + entry.bytes <= limits.maxBytes
          expect(outbox.add(entry)).toBe(fits)
          if (fits) model.entries.push({ entry, isSent: false })
        } else if (current.do === 'due') {
          const due = outbox.due(current.lane)
          expect(due).toEqual(model.due(current.lane))
          expect(due.map(({ number }) => number)).toEqual(due.map(({ number }) => number).toSorted((a, b) => a - b))
        } else if (current.do === 'lost') {
          outbox.lost(current.lane)
          model.lost(current.lane)
        } else {
          const entry = all[current.which]
          if (entry) expect(outbox.settle(entry)).toBe(model.settle(entry))
        }
        expect(new Set(outbox.entries())).toEqual(new Set(model.entries.map(({ entry }) => entry)))
      }
      for (const { entry } of model.entries) expect([outbox.settle(entry), outbox.settle(entry)]).toEqual([true, false])
      // All of the room is there again, and no more.
      const filling = Array.from({ length: limits.maxRequests }, (_, number) => ({ lane: 'a', bytes: 0, number }))
      const whole = { lane: 'a', bytes: limits.maxBytes, number: 0 }
      expect([outbox.add(whole), outbox.add({ ...whole, bytes: 1 }), outbox.settle(whole)]).toEqual([true, false, true])
      expect(filling.map((entry) => outbox.add(entry))).toEqual(filling.map(() => true))
      expect(outbox.add({ lane: 'b', bytes: 0, number: 0 })).toBe(false)
    }),
  )
})

test('[OUT1] what was sent on a lost connection leaves before what is newer', () => {
  const outbox = new Outbox<Entry>({ maxRequests: 10, maxBytes: 10 })
  const [first, second, third] = [0, 1, 2].map((number) => ({ lane: 'a', bytes: 0, number }))
  outbox.add(first!)
  outbox.add(second!)
  outbox.due('a')
  outbox.settle(first!)
  outbox.lost('a')
  outbox.add(third!)
  expect(outbox.due('a')).toEqual([second, third])
})
