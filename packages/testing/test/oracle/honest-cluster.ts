import type { ClusterRecord, ClusterRecordOf, SeededRandom } from '@millrace/testing'

/** When a run is over; nothing happens in the last 20 s, so that every deadline has passed. */
const endsAt = 80_000
const quietFrom = 60_000
const nodes = ['one', 'two', 'three']
const observers = ['ear one', 'ear two']
const users = ['ada', 'bob', 'cleo']
const room = 'hall'

/** Records of a cluster that keeps its promises, some of them just so. In ascending order of time. */
export function honestCluster(random: SeededRandom): readonly ClusterRecord[] {
  const records = [
    ...nodes.flatMap((node) => livesOf(node, random)),
    ...nodes.flatMap((node) => hearingOf(node, random)),
    ...nodes.flatMap((actor) => levelsOf(actor, random)),
    ...presence(random),
    ...users.flatMap((user) => connectionsOf(user, random)),
    { type: 'break', at: brokenAt } as const,
    { type: 'heal', at: healedAt } as const,
    { type: 'hearing', actor: 'one', at: endsAt, isReady: true, behindMs: 0 } as const,
  ]
  return records.toSorted((a, b) => a.at - b.at)
}

const [brokenAt, healedAt] = [20_000, 40_000]

function livesOf(actor: string, random: SeededRandom): ClusterRecord[] {
  const records: ClusterRecord[] = []
  for (let at = 0; at < quietFrom; at += 5_000) {
    records.push({ type: 'start', actor, at })
    const how = random.pick(['kill', 'term', undefined] as const)
    // It lives until the end.
    if (!how) break
    const [code, signal] = how === 'kill' ? [null, 9] : [0, null]
    records.push({ type: 'stop', actor, how, at: at + 2_000 })
    records.push({ type: 'exit', actor, at: at + 2_000 + random.integer(1_000), code, signal })
  }
  return records
}

function hearingOf(actor: string, random: SeededRandom): ClusterRecord[] {
  return Array.from({ length: 60 }, (_, index): ClusterRecord => {
    const at = 1 + index * 1_000
    const isHealed = at > healedAt + 10_000
    const isReady = random.pick([true, false, null])
    const most = isHealed ? 1_500 : isReady === true ? 11_500 : 40_000
    return { type: 'hearing', actor, at, isReady, behindMs: random.pick([0, random.integer(most), most]) }
  })
}

function levelsOf(actor: string, random: SeededRandom): ClusterRecord[] {
  const [value, allowance] = [random.integer(50), random.integer(5)]
  const end = value + allowance - random.pick([0, random.integer(20)])
  return [
    { type: 'level', actor, what: 'timers', at: 10, value: random.integer(50), allowance: 0 },
    { type: 'level', actor, what: 'timers', at: 20, value, allowance },
    { type: 'level', actor, what: 'timers', at: endsAt - 1, value: end, allowance: null },
  ]
}

function presence(random: SeededRandom): ClusterRecord[] {
  const members = users.flatMap((user) =>
    Array.from({ length: 6 }, (): ClusterRecordOf<'member'> => {
      const withinMs = random.pick([0, 1_000, 15_000])
      return { type: 'member', room, user, at: random.integer(quietFrom), isIn: random.pick([true, false]), withinMs }
    }),
  )
  const changes = members.toSorted((a, b) => a.at - b.at)
  return [...changes, ...observers.flatMap((actor) => viewsOf(actor, changes, random))]
}

/** An observer learns of each change in time, and looks away now and then. */
function viewsOf(actor: string, changes: readonly ClusterRecordOf<'member'>[], random: SeededRandom): ClusterRecord[] {
  const learnt = changes.map((change) => ({ change, at: change.at + random.integer(change.withinMs + 1) }))
  const blind = Array.from({ length: 3 }, () => random.integer(quietFrom))
  const moments = [...new Set([0, ...learnt.map(({ at }) => at)])].toSorted((a, b) => a - b)
  const views = moments.map((at): ClusterRecord => {
    const known = learnt.filter((each) => each.at <= at).map(({ change }) => change)
    const seen = users.filter(
      (user) => known.toSorted((a, b) => a.at - b.at).findLast((change) => change.user === user)?.isIn,
    )
    return { type: 'view', actor, room, at, users: seen }
  })
  const away = blind
    .filter((at) => !moments.includes(at))
    .map((at): ClusterRecord => ({ type: 'view', actor, room, at, users: null }))
  return [...views, ...away].toSorted((a, b) => a.at - b.at)
}

function connectionsOf(user: string, random: SeededRandom): ClusterRecord[] {
  const revokedAt = random.integer(quietFrom)
  const withinMs = random.pick([1_000, 30_000].filter((ms) => revokedAt + ms < endsAt))
  const before = Array.from({ length: 4 }, (_, index): ClusterRecord[] => {
    const connection = `${user} ${index}`
    const opened = random.integer(revokedAt + 1)
    const closed = opened + random.integer(revokedAt + withinMs - opened + 1)
    return [
      { type: 'opened', connection, user, at: opened },
      { type: 'closed', connection, at: random.pick([closed, revokedAt + withinMs]) },
    ]
  })
  const after: ClusterRecord = { type: 'opened', connection: `${user} new`, user, at: revokedAt + 1 }
  return [...before.flat(), after, { type: 'revoked', user, at: revokedAt, withinMs }]
}
