import { describe, expect, it } from 'vitest'
import { judgeCluster, type ClusterRecord } from '../src/index.ts'

function judged(...records: readonly ClusterRecord[]): readonly string[] {
  return judgeCluster(records).violations.map(({ rule, message }) => `${rule}: ${message}`)
}

const end: ClusterRecord = { type: 'hearing', actor: 'end', at: 100_000, isReady: true, behindMs: 0 }

describe('processes', () => {
  const start: ClusterRecord = { type: 'start', actor: 'one', at: 0 }
  const exit = (code: number | null, signal: number | null): ClusterRecord => ({
    type: 'exit',
    actor: 'one',
    at: 9,
    code,
    signal,
  })
  it('[ORC40] that end by themselves are found, whatever their code', () => {
    expect(judged(start, exit(0, null))).toEqual(['alive: one ended by itself with code 0'])
    expect(judged(start, exit(null, 11))).toEqual(['alive: one ended by itself with signal 11'])
  })
  it('[ORC40] that were killed, or were asked and ended with 0, are as they should be', () => {
    expect(judged(start, { type: 'stop', actor: 'one', how: 'kill', at: 8 }, exit(null, 9))).toEqual([])
    expect(judged(start, { type: 'stop', actor: 'one', how: 'term', at: 8 }, exit(0, null))).toEqual([])
    expect(judged(start, { type: 'stop', actor: 'one', how: 'term', at: 8 }, exit(null, 15))).toHaveLength(1)
  })
  it('[ORC40] that were stopped in an earlier life are not excused in this one', () => {
    const again: ClusterRecord = { type: 'start', actor: 'one', at: 5 }
    expect(judged(start, { type: 'stop', actor: 'one', how: 'kill', at: 1 }, again, exit(1, null))).toHaveLength(1)
  })
})

describe('hearing', () => {
  const hearing = (at: number, isReady: boolean | null, behindMs: number): ClusterRecord => ({
    type: 'hearing',
    actor: 'one',
    at,
    isReady,
    behindMs,
  })
  it('[ORC41] a deaf node must say so within 10 s', () => {
    expect(judged(hearing(0, true, 11_000), hearing(1, false, 20_000), hearing(2, null, 20_000))).toEqual([])
    expect(judged(hearing(0, true, 12_000))).toHaveLength(1)
  })
  it('[ORC41] nobody is deaf 10 s after everything was healed, until something is broken again', () => {
    const heal: ClusterRecord = { type: 'heal', at: 1_000 }
    expect(judged(heal, hearing(10_900, false, 5_000))).toEqual([])
    expect(judged(heal, hearing(11_100, false, 5_000))).toHaveLength(1)
    expect(judged(heal, hearing(11_100, false, 1_400))).toEqual([])
    expect(judged(heal, { type: 'break', at: 11_050 }, hearing(11_100, false, 5_000))).toEqual([])
  })
})

describe('levels', () => {
  const level = (at: number, value: number, allowance: number | null): ClusterRecord => ({
    type: 'level',
    actor: 'one',
    what: 'timers',
    at,
    value,
    allowance,
  })
  it('[ORC42] come back to the baseline, give or take the allowance', () => {
    expect(judged(level(0, 10, 2), level(1, 500, null))).toEqual(['baseline: timers of one was 10 and is 500'])
    expect(judged(level(0, 10, 2), level(1, 12, null))).toEqual([])
    expect(judged(level(1, 12, null))).toEqual(['baseline: timers of one has no baseline'])
  })
})

describe('presence', () => {
  const member = (at: number, isIn: boolean, withinMs: number): ClusterRecord => ({
    type: 'member',
    room: 'r',
    user: 'ada',
    at,
    isIn,
    withinMs,
  })
  const view = (at: number, users: readonly string[] | null): ClusterRecord => ({
    type: 'view',
    actor: 'bob',
    room: 'r',
    at,
    users,
  })
  it('[ORC43] somebody who came is seen in time, and stays so', () => {
    expect(judged(member(0, true, 1_000), view(0, []), view(900, ['ada']), end)).toEqual([])
    expect(judged(member(0, true, 1_000), view(0, []), view(1_100, ['ada']), end)).toEqual([
      'presence: bob does not see ada in r',
    ])
    expect(judged(member(0, true, 1_000), view(0, ['ada']), view(5_000, []), view(5_010, ['ada']), end)).toHaveLength(1)
  })
  it('[ORC43] somebody who went is not seen for longer than is promised, by whoever looks', () => {
    const came = member(0, true, 0)
    expect(judged(came, view(0, ['ada']), member(10, false, 15_000), view(15_000, []), end)).toEqual([])
    expect(judged(came, view(0, ['ada']), member(10, false, 15_000), end)).toEqual([
      'presence: bob still sees ada in r',
    ])
    expect(judged(came, view(0, ['ada']), member(10, false, 15_000), view(20, null), end)).toEqual([])
  })
})

describe('revocation', () => {
  const opened = (at: number): ClusterRecord => ({ type: 'opened', connection: 'c', user: 'ada', at })
  const revoked: ClusterRecord = { type: 'revoked', user: 'ada', at: 100, withinMs: 1_000 }
  it('[ORC44] closes what was open, in time', () => {
    expect(judged(opened(0), revoked, { type: 'closed', connection: 'c', at: 1_000 }, end)).toEqual([])
    expect(judged(opened(0), revoked, { type: 'closed', connection: 'c', at: 1_200 }, end)).toHaveLength(1)
    expect(judged(opened(0), revoked, end)).toHaveLength(1)
    expect(judged(opened(200), revoked, end)).toEqual([])
  })
})

it('counts what it judged', () => {
  expect(judgeCluster([end, { type: 'heal', at: 1 }]).counts).toEqual({ hearing: 1, heal: 1 })
})
