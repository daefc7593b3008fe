import { judge, seededRandom, type OracleRecord, type OracleRule, type SeededRandom } from '@millrace/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { HonestWorld } from './oracle/honest-world.ts'
import { find, followers, nextEvent, replaced, without } from './oracle/sabotage.ts'

interface Options {
  readonly maxEvents: number
  readonly mayLose: boolean
}

const options = fc.record({ maxEvents: fc.constantFrom(1, 3, 10, Infinity), mayLose: fc.boolean() })

function honestRun(random: SeededRandom, { maxEvents, mayLose }: Options): readonly OracleRecord[] {
  const world = new HonestWorld(random, maxEvents)
  for (let step = 0; step < 150; step++) world.step(mayLose)
  world.finish()
  return world.records
}

/** Honest runs, each spoiled in one place; a run without such a place is passed over. */
function spoiled(
  spoil: (records: readonly OracleRecord[], random: SeededRandom) => readonly OracleRecord[] | undefined,
  rules: readonly OracleRule[],
  fixed: Partial<Options> = {},
): void {
  let count = 0
  fc.assert(
    fc.property(fc.integer({ min: 0 }), options, (seed, given) => {
      const random = seededRandom(seed)
      const records = spoil(honestRun(random, { ...given, ...fixed }), random)
      if (!records) return
      count++
      expect(
        judge(records)
          .violations.map(({ rule }) => rule)
          .filter((rule) => rules.includes(rule)),
      ).not.toEqual([])
    }),
  )
  expect(count).toBeGreaterThan(20) // else the test has shown nothing
}

function pick<T>(random: SeededRandom, values: readonly T[]): T | undefined {
  return values.length === 0 ? undefined : random.pick(values)
}

it('[ORC16] an honest run has no violation', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0 }), options, (seed, given) => {
      expect(judge(honestRun(seededRandom(seed), given)).violations).toEqual([])
    }),
    { numRuns: 300 },
  )
})

it('[ORC17] an event that a member did not get', () => {
  spoiled(
    (records, random) => {
      const index = pick(random, followers(records, 'event'))
      return index === undefined ? undefined : without(records, index)
    },
    ['order', 'behind', 'delivered'],
  )
})

it('[ORC17] an event that came twice', () => {
  spoiled(
    (records, random) => {
      const found = pick(random, find(records, 'event'))
      return found && records.toSpliced(found[0], 0, found[1])
    },
    ['duplicate'],
  )
})

it('[ORC17] two events that changed places', () => {
  spoiled(
    (records, random) => {
      const first = pick(random, followers(records, 'event'))
      const second = first === undefined ? undefined : nextEvent(records, first)
      if (first === undefined || second === undefined) return undefined
      return replaced(replaced(records, first, records[second]!), second, records[first]!)
    },
    ['order', 'invented'],
  )
})

it('[ORC17] a gap that was not told', () => {
  spoiled(
    (records, random) => {
      const index = pick(random, followers(records, 'gap'))
      return index === undefined ? undefined : without(records, index)
    },
    ['order', 'behind'],
    { maxEvents: 3, mayLose: false },
  )
})

it('[ORC17] a gap instead of an event', () => {
  spoiled(
    (records, random) => {
      const index = pick(random, followers(records, 'event'))
      const record = index === undefined ? undefined : records[index]
      if (index === undefined || record?.type !== 'event') return undefined
      const before = records
        .slice(0, index)
        .findLast(({ actor, type }) => actor === record.actor && (type === 'event' || type === 'gap'))
      if (before?.type !== 'event' && before?.type !== 'gap') return undefined
      const from = before.type === 'event' ? before.position : before.to
      const { actor, room, position } = record
      return replaced(records, index, { actor, room, type: 'gap', reason: 'trimmed', from, to: position })
    },
    ['needless-gap'],
    { maxEvents: Infinity },
  )
})

it('[ORC17] another payload', () => {
  spoiled(
    (records, random) => {
      const found = pick(random, find(records, 'event'))
      return found && replaced(records, found[0], { ...found[1], hash: 'another' })
    },
    ['invented'],
  )
})

it('[ORC17] an entry that is not in the log', () => {
  spoiled(
    (records, random) => {
      const found = pick(random, find(records, 'stored').slice(1))
      return found && without(records, found[0])
    },
    ['stored'],
    { maxEvents: Infinity },
  )
})

it('[ORC17] an acknowledgement of another place', () => {
  spoiled(
    (records, random) => {
      const found = pick(random, find(records, 'ack'))
      if (!found) return undefined
      const [index, record] = found
      const { offset, id, epoch } = record.position
      return replaced(records, index, { ...record, position: { epoch, offset: offset + 1, id: `${id}?` } })
    },
    ['one-position'],
    { maxEvents: Infinity, mayLose: false },
  )
})
