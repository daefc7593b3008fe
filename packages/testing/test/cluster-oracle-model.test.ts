import { judgeCluster, seededRandom, type ClusterRecord, type ClusterRule, type SeededRandom } from '@millrace/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { honestCluster } from './oracle/honest-cluster.ts'

const rulesOf = (records: readonly ClusterRecord[]): readonly ClusterRule[] => [
  ...new Set(judgeCluster(records).violations.map(({ rule }) => rule)),
]

type Spoil = (record: ClusterRecord, records: readonly ClusterRecord[]) => ClusterRecord | 'drop' | undefined

/** Honest runs, each spoiled at one of the records of which `spoil` makes another. */
function spoiled(rule: ClusterRule, spoil: Spoil): void {
  let count = 0
  fc.assert(
    fc.property(fc.integer({ min: 0 }), (seed) => {
      const random = seededRandom(seed)
      const records = spoilOne(honestCluster(random), spoil, random)
      if (!records) return
      count++
      expect(rulesOf(records)).toEqual([rule])
    }),
  )
  expect(count).toBeGreaterThan(50) // else the test has shown nothing
}

function spoilOne(
  records: readonly ClusterRecord[],
  spoil: Spoil,
  random: SeededRandom,
): readonly ClusterRecord[] | undefined {
  const chances = records.flatMap((record, index) => {
    const instead = spoil(record, records)
    return instead ? [{ index, instead }] : []
  })
  if (chances.length === 0) return undefined
  const { index, instead } = random.pick(chances)
  return instead === 'drop' ? records.toSpliced(index, 1) : records.with(index, instead)
}

const healedAt = (records: readonly ClusterRecord[]) => records.find(({ type }) => type === 'heal')?.at ?? 0

it('[ORC40, ORC41, ORC42, ORC43, ORC44] an honest cluster has no violation', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0 }), (seed) => {
      expect(judgeCluster(honestCluster(seededRandom(seed))).violations).toEqual([])
    }),
    { numRuns: 300 },
  )
})

it('[ORC40] a process that nobody ended', () => {
  spoiled('alive', ({ type }) => (type === 'stop' ? 'drop' : undefined))
})

it('[ORC40] a process that was asked to end, and failed', () => {
  spoiled('alive', (record) => (record.type === 'exit' && record.code === 0 ? { ...record, code: 1 } : undefined))
})

it('[ORC41] a deaf node that says that it is ready', () => {
  spoiled('hearing', (record) =>
    record.type === 'hearing' && record.isReady === true ? { ...record, behindMs: 11_501 } : undefined,
  )
})

it('[ORC41] a node that stays deaf after everything was healed', () => {
  spoiled('hearing', (record, records) =>
    record.type === 'hearing' && record.at > healedAt(records) + 10_000
      ? { ...record, isReady: false, behindMs: 1_501 }
      : undefined,
  )
})

it('[ORC42] one more than the allowance', () => {
  spoiled('baseline', (record, records) => {
    if (record.type !== 'level' || record.allowance !== null) return undefined
    const baseline = records.findLast(
      (each) => each.type === 'level' && each.actor === record.actor && each.allowance !== null,
    )
    if (baseline?.type !== 'level') return undefined
    return { ...record, value: baseline.value + (baseline.allowance ?? 0) + 1 }
  })
})

it('[ORC43] a view that is wrong at the end', () => {
  spoiled('presence', (record, records) => {
    if (record.type !== 'view' || !record.users) return undefined
    const isLast = records.findLast((each) => each.type === 'view' && each.actor === record.actor) === record
    const last = records.findLast((each) => each.type === 'member')
    if (!isLast || last?.type !== 'member') return undefined
    const others = record.users.filter((user) => user !== last.user)
    return { ...record, users: last.isIn ? others : [...others, last.user] }
  })
})

it('[ORC43] a view is wrong where it is wrong at some instant', () => {
  const time = fc.integer({ min: 0, max: 12 })
  const view = fc.record({ at: time, actor: fc.constantFrom('x', 'y'), users: fc.option(fc.subarray(['ada', 'bob'])) })
  const member = fc.record({
    at: time,
    user: fc.constantFrom('ada', 'bob'),
    isIn: fc.boolean(),
    withinMs: fc.integer({ min: 0, max: 4 }),
  })
  let found = 0
  fc.assert(
    fc.property(fc.array(view, { maxLength: 6 }), fc.array(member, { maxLength: 6 }), (views, members) => {
      const records: ClusterRecord[] = [
        ...views.map((each) => ({ ...each, type: 'view', room: 'hall' }) as const),
        ...members.map((each) => ({ ...each, type: 'member', room: 'hall' }) as const),
        { type: 'heal', at: 12 },
      ]
      // Half a millisecond after each: nothing happens in between.
      const instants = Array.from({ length: 12 }, (_, index) => index + 0.5)
      const sorted = { views: views.toSorted((a, b) => a.at - b.at), members: members.toSorted((a, b) => a.at - b.at) }
      const isWrong = instants.some((now) =>
        ['x', 'y'].some((actor) => {
          const users = sorted.views.findLast((each) => each.actor === actor && each.at <= now)?.users
          return ['ada', 'bob'].some((user) => {
            const owed = sorted.members.findLast((each) => each.user === user && each.at <= now)
            return users && owed && owed.at + owed.withinMs <= now && users.includes(user) !== owed.isIn
          })
        }),
      )
      if (isWrong) found++
      expect(rulesOf(records)).toEqual(isWrong ? ['presence'] : [])
    }),
    { numRuns: 1_000 },
  )
  expect(found).toBeGreaterThan(100)
})

it('[ORC44] a connection that is closed too late, or never', () => {
  const revocationOf = (connection: string, records: readonly ClusterRecord[]) => {
    const opened = records.find((each) => each.type === 'opened' && each.connection === connection)
    return records.find((each) => each.type === 'revoked' && opened?.type === 'opened' && each.user === opened.user)
  }
  spoiled('revoked', (record, records) => {
    const revoked = record.type === 'closed' ? revocationOf(record.connection, records) : undefined
    return revoked?.type === 'revoked'
      ? ({ ...record, at: revoked.at + revoked.withinMs + 1 } as ClusterRecord)
      : undefined
  })
  spoiled('revoked', (record) => (record.type === 'closed' ? 'drop' : undefined))
})

it('judges records in whatever order they come, and by their times', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0 }), fc.integer({ min: 0 }), (seed, shuffle) => {
      const records = honestCluster(seededRandom(seed)).map((record, index) => ({
        ...record,
        at: record.at + index / 1e6,
      }))
      const random = seededRandom(shuffle)
      const keys = new Map(records.map((record) => [record, random.fraction()]))
      const shuffled = records.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0))
      expect(judgeCluster(shuffled)).toEqual(judgeCluster(records))
    }),
  )
})
