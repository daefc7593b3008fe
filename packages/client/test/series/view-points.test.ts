import { describe, expect, it } from 'vitest'
import { openFloor } from '../support/open-floor.ts'
import { pairs, points, viewAnswer } from '../support/view-wire.ts'

describe('points of a view', () => {
  it('[SER103, SER104] are those of the answer and of every increment since', async () => {
    const floor = await openFloor()
    const view = await floor.view(
      { fields: undefined },
      viewAnswer([
        [
          [1, 10],
          [12, 11],
        ],
        [],
        [[3, 30]],
        [[3, 31]],
      ]),
    )
    expect(pairs(view.points('acme', 'bid'))).toEqual([
      [1, 10],
      [12, 11],
    ])
    expect(pairs(view.points('acme', 'ask'))).toEqual([])
    expect(pairs(view.points('bolt', 'ask'))).toEqual([[3, 31]])
    expect(pairs(view.points('core', 'bid'))).toEqual([])
    const changes: unknown[] = []
    view.on('change', (change) => changes.push(change))
    const before = view.points('bolt', 'ask')
    floor.server.send(
      '~points',
      points(10, {
        0: [
          [12, 12],
          [14.5, 13],
        ],
        1: [[15, 0.1]],
      }),
    )
    floor.server.send('~points', points(10, { 0: [] }))
    floor.server.send('~points', points(20, { 3: [[21, 1]] }, { view: 2 }))
    floor.server.send('~points', points(20, { 3: [[21, 1]] }, { room: 8 }))
    expect(pairs(view.points('acme', 'bid'))).toEqual([[1, 10]])
    expect(pairs(view.points('acme', 'ask'))).toEqual([[15, 0.1]])
    expect(view.points('bolt', 'ask')).toBe(before)
    expect(changes).toEqual([
      { since: 10, keys: ['acme'] },
      { since: 10, keys: ['acme'] },
    ])
    expect(floor.errors).toEqual([])
  })

  it('[SER103] takes data at any offset of its memory, and what browsers get', async () => {
    const floor = await openFloor()
    const answer = viewAnswer([[[1, 10]], [[2, 20]]])
    const bytes = answer.data as Buffer
    const shifted = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3)
    const node = await floor.view({}, { ...answer, data: shifted })
    const browser = await floor.view({ widthPx: 9 }, { ...answer, view: 2, data: Uint8Array.from(bytes).buffer })
    expect(pairs(node.points('bolt', 'bid'))).toEqual([[2, 20]])
    expect(pairs(browser.points('bolt', 'bid'))).toEqual([[2, 20]])
  })

  it('[SER106] a moving window ends at the newest time and lets whole columns go', async () => {
    const floor = await openFloor()
    const view = await floor.view(
      { last: 25 },
      viewAnswer([
        [
          [1, 1],
          [9, 2],
          [10, 3],
          [30, 4],
        ],
        [[8, 5]],
      ]),
    )
    expect(view.window).toEqual({ from: 5, to: 30 })
    expect(pairs(view.points('acme', 'bid')).length).toBe(4)
    floor.server.send('~points', points(30, { 1: [[35, 6]] }))
    expect(view.window).toEqual({ from: 10, to: 35 })
    expect(pairs(view.points('acme', 'bid'))).toEqual([
      [10, 3],
      [30, 4],
    ])
    expect(pairs(view.points('bolt', 'bid'))).toEqual([[35, 6]])
    const standing = await floor.view({ last: undefined, from: 0, to: 20 }, viewAnswer([[[1, 1]], []], { view: 2 }))
    expect(standing.window).toEqual({ from: 0, to: 20 })
    floor.server.send('~points', points(10, { 0: [[19, 2]] }, { view: 2 }))
    expect(pairs(standing.points('acme', 'bid'))).toEqual([
      [1, 1],
      [19, 2],
    ])
  })

  it('[SER107] candles say of each column what all of its samples say', async () => {
    const floor = await openFloor()
    const view = await floor.view(
      {},
      viewAnswer([
        [
          [10, 5],
          [11, 9],
          [14, -1],
          [19, 4],
          [40, 7],
        ],
        [],
      ]),
    )
    expect(view.columnMs).toBe(10)
    expect(view.candles('acme', 'bid')).toEqual([
      { at: 10, open: 5, high: 9, low: -1, close: 4 },
      { at: 40, open: 7, high: 7, low: 7, close: 7 },
    ])
    expect(view.candles('bolt', 'bid')).toEqual([])
  })
})
