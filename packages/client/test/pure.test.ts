import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Position, WireEntry } from '@millrace/contract'
import { backoffMs } from '../src/backoff.ts'
import { transition, type ClientState } from '../src/client-state.ts'
import { acceptFrame, type LogFrame } from '../src/room-log.ts'

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

test('[CLI3] a pause lies between the floor and the ceiling, and its range doubles', () => {
  const limits = fc.record({
    minDelayMs: fc.integer({ min: 1, max: 5_000 }),
    maxDelayMs: fc.integer({ min: 5_000, max: 100_000 }),
  })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fraction, limits, (attempt, share, { minDelayMs, maxDelayMs }) => {
      const delay = backoffMs(attempt, { fraction: () => share, id: () => '' }, { minDelayMs, maxDelayMs })
      expect(delay).toBeGreaterThanOrEqual(minDelayMs)
      expect(delay).toBeLessThanOrEqual(Math.min(maxDelayMs, minDelayMs + minDelayMs * 2 ** (attempt - 1)))
    }),
  )
  const most = [1, 2, 3, 4, 9].map((attempt) =>
    backoffMs(attempt, { fraction: () => 0.999_999, id: () => '' }, { minDelayMs: 500, maxDelayMs: 20_000 }),
  )
  expect(most).toEqual([999, 1_499, 2_499, 4_499, 20_000])
})

const states: ClientState[] = [
  { state: 'idle' },
  { state: 'connecting', attempt: 1 },
  { state: 'connected', node: 'n', connection: 'c' },
  { state: 'waiting', attempt: 2, retryInMs: 5, reason: { code: 'SLOW', message: '' } },
  { state: 'gave-up', reason: { code: 'KICKED', message: '' } },
  { state: 'closed' },
]

test('[CLI2] a state is only left to where it leads', () => {
  const followers = states.map((from) => [
    from.state,
    ...states.filter((to) => from !== to && transition(from, to) === to).map(({ state }) => state),
  ])
  expect(followers).toEqual([
    ['idle', 'connecting', 'closed'],
    ['connecting', 'connected', 'waiting', 'gave-up', 'closed'],
    ['connected', 'waiting', 'gave-up', 'closed'],
    ['waiting', 'connecting', 'closed'],
    ['gave-up', 'connecting', 'closed'],
    ['closed'],
  ])
  for (const from of states) for (const to of states) expect([from, to]).toContain(transition(from, to))
})

/** The histories of a log and of what it became after it was restored from an older copy. */
function histories(length: number, fork: number): [string[], string[]] {
  const first = Array.from({ length }, (_, index) => `a${index + 1}`)
  return [first, [...first.slice(0, fork), ...first.slice(fork).map((id) => `b${id}`)]]
}

function frame(history: readonly string[], from: number, to: number): LogFrame {
  const entries = history.slice(from - 1, to).map((id): WireEntry => [id, 'message', id, 1])
  return {
    room: 1,
    kind: 'full',
    epoch: 'e',
    from,
    prev: history[from - 2] ?? '',
    to,
    id: history[to - 1] ?? '',
    entries,
  }
}

test('[CLI20, CLI21] whatever arrives, what is taken follows without holes, repetitions or entries of another history', () => {
  const spans = fc.array(
    fc.record({
      isForked: fc.boolean(),
      from: fc.integer({ min: 1, max: 20 }),
      length: fc.integer({ min: 1, max: 6 }),
    }),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), spans, (fork, arriving) => {
      const both = histories(20, fork)
      let at: Position = { epoch: 'e', offset: 0, id: '' }
      const taken: string[] = []
      for (const { isForked, from, length } of arriving) {
        const next = frame(both[isForked ? 1 : 0], from, Math.min(20, from + length - 1))
        const entries = acceptFrame(at, next)
        if (!entries) continue
        taken.push(...entries.map(({ entry }) => entry[0]))
        if (next.to > at.offset) at = { epoch: 'e', offset: next.to, id: next.id }
        expect(taken.at(-1) ?? '').toBe(at.id)
      }
      const candidates = both.map((history) => history.slice(0, taken.length))
      expect(candidates).toContainEqual(taken)
    }),
  )
})
