import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HelmQueue } from '../game/helm-queue.ts'

const input = (seq: number) => ({ seq, turn: 0, thrust: 1 })
const seqsOf = (queue: HelmQueue) => (queue.take().get('ada') ?? []).map(({ seq }) => seq)

describe('the queue of inputs', () => {
  it('[ARN5] lets nobody move by more than 1.02 ticks per tick, and 10 that were missed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 8 }), { maxLength: 200 }), (sent) => {
        const queue = new HelmQueue()
        let [seq, moved] = [0, 0]
        for (const [tick, count] of sent.entries()) {
          for (let one = 0; one < count; one++) queue.add('ada', input(seq++))
          moved += seqsOf(queue).length
          expect(moved).toBeLessThanOrEqual(1.02 * (tick + 1) + 10)
        }
      }),
    )
  })

  it('[ARN5] a flood moves as one input per tick does, but for what clocks may differ', () => {
    const queue = new HelmQueue()
    let moved = 0
    for (let tick = 0; tick < 300; tick++) {
      for (let one = 0; one < 20; one++) queue.add('ada', input(tick * 20 + one))
      moved += seqsOf(queue).length
    }
    expect(moved).toBeGreaterThanOrEqual(300)
    expect(moved).toBeLessThanOrEqual(306)
  })

  it('[ARN6] takes two at a time of what came late, and keeps 15 at most', () => {
    const queue = new HelmQueue()
    queue.add('ada', input(0))
    expect(seqsOf(queue)).toEqual([0])
    for (let tick = 0; tick < 8; tick++) expect(seqsOf(queue)).toEqual([])
    for (let seq = 1; seq <= 20; seq++) queue.add('ada', input(seq))
    expect([1, 2, 3].map(() => seqsOf(queue))).toEqual([
      [6, 7],
      [8, 9],
      [10, 11],
    ])
  })

  it('[ARN4] does not take what is not newer', () => {
    const queue = new HelmQueue()
    for (const seq of [4, 4, 3, 5]) queue.add('ada', input(seq))
    expect([seqsOf(queue), seqsOf(queue), seqsOf(queue)]).toEqual([[4], [5], []])
  })

  it('[ARN6] a server that stood still gives back what it owes, and a clock that is faster does not fall behind', () => {
    const queue = new HelmQueue()
    for (let seq = 0; seq < 12; seq++) queue.add('ada', input(seq))
    const waitingAfter = (ticks: number): number => {
      let taken = 0
      for (let tick = 0; tick < ticks; tick++) taken += seqsOf(queue).length
      return 12 - taken
    }
    queue.owe(10)
    expect(waitingAfter(7)).toBe(0)
    const fast = new HelmQueue()
    let [seq, last] = [0, -1]
    for (let tick = 0; tick < 3_000; tick++) {
      for (const count = tick % 100 === 0 ? 2 : 1, first = seq; seq < first + count; seq++) fast.add('ada', input(seq))
      last = seqsOf(fast).at(-1) ?? last
    }
    expect(seq - 1 - last).toBeLessThanOrEqual(2)
  })
})
