import { describe, expect, it } from 'vitest'
import { openFloor, query } from '../support/open-floor.ts'
import { turn } from '../support/start-client.ts'
import { codeOf, pairs, points, viewAnswer } from '../support/view-wire.ts'

const refusal = (code: string) => ({ ok: false, error: { code, message: 'no' } })

describe('view', () => {
  it('[SER100, SER102] asks for what it is told to', async () => {
    const floor = await openFloor()
    const first = floor.room.series('price').view({ ...query, columnMs: 5, fps: 3 })
    const asked = await floor.asked()
    expect(asked.argument).toEqual({
      room: 7,
      series: 'price',
      keys: ['acme', 'bolt'],
      fields: ['bid'],
      last: 100,
      widthPx: 10,
      columnMs: 5,
      fps: 3,
      packed: 1,
    })
    asked.ack({ ok: true, data: viewAnswer([[], []]) })
    await first
    void floor.room.series('load').view({ keys: ['x'], from: 1, to: 2, widthPx: 1 })
    expect((await floor.asked()).argument).toEqual({
      room: 7,
      series: 'load',
      version: 2,
      keys: ['x'],
      fields: ['value'],
      from: 1,
      to: 2,
      widthPx: 1,
      fps: 10,
      packed: 1,
    })
  })

  const series = (length: number) => Array.from({ length }, (_, index) => `k${index}`)
  it.each([
    ['no key', { keys: [] }],
    ['a key twice', { keys: ['acme', 'acme'] }],
    ['a key that the schema refuses', { keys: ['zinc'] }],
    ['too many keys', { keys: series(501) }],
    ['no field', { fields: [] }],
    ['a field that is not declared', { fields: ['size'] }],
    ['a field twice', { fields: ['bid', 'bid'] }],
    ['no window', { last: undefined }],
    ['two windows', { from: 0, to: 1 }],
    ['a window without width', { last: 0 }],
    ['a window that is no number', { last: Number.NaN }],
    ['a window that never ends', { last: undefined, from: 0, to: Infinity }],
    ['a window that ends before it begins', { last: undefined, from: 2, to: 1 }],
    ['a width of 0', { widthPx: 0 }],
    ['a width of a billion', { widthPx: 1e9 }],
    ['half a pixel', { widthPx: 0.5 }],
    ['a negative pace', { fps: -1 }],
    ['a pace above that of screens', { fps: 61 }],
    ['a pace that is no number', { fps: Number.NaN }],
    ['columns of 0', { columnMs: 0 }],
    ['another way to hide', { whenHidden: 'sleep' }],
  ])('[SER101] refuses %s, and sends nothing', async (_, change) => {
    const floor = await openFloor()
    const wrong = { ...query, ...change } as typeof query
    expect(await codeOf(floor.room.series('price').view(wrong))).toBe('INVALID_INPUT')
    expect(floor.server.sent).toEqual([])
  })

  it('[SER102] says what the server says, and needs a join', async () => {
    const floor = await openFloor()
    const opening = floor.room.series('price').view(query)
    const refused = codeOf(opening)
    const asked = await floor.asked()
    asked.ack(refusal('OVERLOADED'))
    expect(await refused).toBe('OVERLOADED')
    expect(floor.visibility.listeners.size).toBe(0)
    await expect(floor.room.series('size' as 'price').view(query)).rejects.toMatchObject({ code: 'UNKNOWN_EVENT' })
    void floor.room.leave()
    await expect(floor.room.series('price').view(query)).rejects.toMatchObject({ code: 'DISCONNECTED' })
  })
})

describe('set', () => {
  it('[SER108] shows what was there until the answer, which takes its place', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    const changes: unknown[] = []
    view.on('change', (change) => changes.push(change))
    const set = view.set({ keys: ['core'], from: 0, to: 50 })
    const asked = await floor.asked()
    expect(asked.argument).toEqual({
      room: 7,
      view: 1,
      series: 'price',
      keys: ['core'],
      fields: ['bid'],
      from: 0,
      to: 50,
      widthPx: 10,
      fps: 10,
      packed: 1,
    })
    floor.server.send('~points', points(10, { 0: [[11, 9]] }))
    expect(pairs(view.points('acme', 'bid'))).toEqual([
      [1, 1],
      [11, 9],
    ])
    asked.ack({ ok: true, data: viewAnswer([[[7, 7]]], { view: 2, columnMs: 5 }) })
    expect(pairs(view.points('core', 'bid'))).toEqual([[7, 7]])
    expect(pairs(view.points('acme', 'bid'))).toEqual([])
    expect([view.columnMs, view.window]).toEqual([5, { from: 0, to: 50 }])
    await set
    floor.server.send('~points', points(10, { 0: [[11, 9]] }))
    expect(changes).toEqual([
      { since: 10, keys: ['acme'] },
      { since: 0, keys: ['core'] },
    ])
    void view.set({ last: 20 })
    const { argument } = await floor.asked()
    expect([argument.last, argument.from, argument.to, argument.view]).toEqual([20, undefined, undefined, 2])
  })

  it('[SER101] what cannot be is refused, and the view stays as it is', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    const changes = [
      { widthPx: 0 },
      { keys: [] },
      { last: 5, from: 1, to: 2 },
      { from: 2, to: 1 },
      { fields: ['size'] },
    ]
    for (const change of changes) {
      await expect(view.set(change as never)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    }
    expect(floor.server.sent).toEqual([])
    void view.set({ fps: 1, last: undefined })
    expect((await floor.asked()).argument).toMatchObject({ widthPx: 10, keys: query.keys, last: 100 })
  })

  it('[SER109] asks for the last of many, and resolves them all', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    const sets = [50, 40, 30].map((last) => view.set({ last }))
    const first = await floor.asked()
    expect(first.argument.last).toBe(50)
    expect(floor.server.sent).toEqual([])
    first.ack({ ok: true, data: viewAnswer([[[3, 3]], []], { view: 2 }) })
    expect(pairs(view.points('acme', 'bid'))).toEqual([[3, 3]])
    await sets[0]
    const last = await floor.asked()
    expect([last.argument.last, last.argument.view]).toEqual([30, 2])
    last.ack({ ok: true, data: viewAnswer([[[4, 4]], []], { view: 3 }) })
    await Promise.all(sets)
    expect(pairs(view.points('acme', 'bid'))).toEqual([[4, 4]])
    expect(floor.server.sent).toEqual([])
  })

  it('[SER109] a refusal leaves the view as it was', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    const set = view.set({ widthPx: 500 })
    const refused = codeOf(set)
    ;(await floor.asked()).ack(refusal('OVERLOADED'))
    expect(await refused).toBe('OVERLOADED')
    floor.server.send('~points', points(10, { 0: [[11, 9]] }))
    expect(pairs(view.points('acme', 'bid'))).toEqual([
      [1, 1],
      [11, 9],
    ])
    await turn()
    expect(floor.server.sent).toEqual([])
    void view.set({ fps: 20 })
    const { argument } = await floor.asked()
    expect([argument.widthPx, argument.fps, argument.view]).toEqual([10, 20, 1])
    expect(argument.since).toEqual({ epoch: 'e', at: 0 })
  })
})
