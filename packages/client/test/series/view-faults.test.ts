import { describe, expect, it } from 'vitest'
import { openFloor, query } from '../support/open-floor.ts'
import { turn } from '../support/start-client.ts'
import { codeOf, pairs, points, viewAnswer } from '../support/view-wire.ts'

const good = viewAnswer([[[1, 1]], [[2, 2]]])
const wrongAnswers: [string, unknown][] = [
  ['nothing', undefined],
  ['no name', { ...good, view: undefined }],
  ['no epoch', { ...good, epoch: 7 }],
  ['columns of 0', { ...good, columnMs: 0 }],
  ['another kind', { ...good, kind: 'add' }],
  ['no beginning', { ...good, from: Number.NaN }],
  ['counts of other tracks', { ...good, counts: [2] }],
  ['counts that are none', { ...good, counts: [-1, 3] }],
  ['more points than fit', { ...good, counts: [1e9, 1] }],
  ['too few points', { ...good, counts: [1, 2] }],
  ['no data', { ...good, data: 'points' }],
  [
    'times that fall',
    viewAnswer([
      [
        [3, 1],
        [2, 1],
      ],
      [],
    ]),
  ],
  ['times before the beginning', viewAnswer([[[3, 1]], []], { from: 4 })],
  ['a number that is none', viewAnswer([[[3, Number.NaN]], []])],
  ['a time without end', viewAnswer([[[Infinity, 1]], []])],
  ['a change of what is not known', viewAnswer([[], []], { kind: 'change' })],
]

const wrongPoints: [string, object][] = [
  ['no time', points(10, {}, { since: 'now' })],
  ['no tracks', points(10, {}, { tracks: undefined })],
  ['a track that is none', points(10, {}, { tracks: [7] })],
  ['a track that is not there', points(10, { 2: [[11, 1]] })],
  ['a track between tracks', points(10, {}, { tracks: [[0.5, []]] })],
  ['half a point', points(10, {}, { tracks: [[0, [1]]] })],
  [
    'times that fall',
    points(10, {
      0: [
        [12, 1],
        [11, 1],
      ],
    }),
  ],
  ['times before', points(10, { 0: [[9, 1]] })],
  ['text', points(10, {}, { tracks: [[0, [1, '2']]] })],
  ['null', points(10, {}, { tracks: [[0, [1, null]]] })],
  ['more than a screen shows', points(10, { 0: Array.from({ length: 70_000 }, (_, at) => [10 + at, 1] as const) })],
]

describe('what a server should not send', () => {
  it.each(wrongAnswers)('[SER112] an answer with %s is no view', async (_, answer) => {
    const floor = await openFloor()
    const opening = floor.room.series('price').view(query)
    const refused = codeOf(opening)
    ;(await floor.asked()).ack({ ok: true, data: answer })
    expect(await refused).toBe('INTERNAL')
    await turn()
    expect(floor.server.sent.filter(({ name }) => name === '~view')).toEqual([])
  })

  it.each(wrongPoints)('[SER112] points with %s change nothing, and the view asks anew', async (_, wrong) => {
    const floor = await openFloor()
    const view = await floor.view()
    floor.server.send('~points', wrong)
    expect(floor.client.protocolErrors).toBe(1)
    expect(pairs(view.points('acme', 'bid'))).toEqual([[1, 1]])
    const asked = await floor.asked()
    expect([asked.argument.view, asked.argument.since]).toEqual([1, undefined])
    asked.ack({ ok: true, data: viewAnswer([[[5, 5]], []], { view: 2 }) })
    expect(pairs(view.points('acme', 'bid'))).toEqual([[5, 5]])
  })

  it('[SER112] faults that follow each other are asked about with growing pauses, until something fits', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    const wrong = points(10, {}, { tracks: 7 })
    floor.server.send('~points', wrong)
    ;(await floor.asked()).ack({ ok: true, data: good })
    for (const pauseMs of [500, 500, 500]) {
      floor.server.send('~points', wrong)
      floor.clock.advance(pauseMs - 1)
      expect(floor.server.sent).toEqual([])
      floor.clock.advance(1)
      ;(await floor.asked()).ack({ ok: true, data: good })
    }
    floor.server.send('~points', points(10, { 0: [[11, 3]] }))
    floor.server.send('~points', wrong)
    ;(await floor.asked()).ack({ ok: true, data: 'no view' })
    floor.clock.advance(500)
    const { argument, ack } = await floor.asked()
    expect([argument.view, argument.since]).toEqual([undefined, undefined])
    ack({ ok: true, data: viewAnswer([[[5, 5]], []]) })
    expect(pairs(view.points('acme', 'bid'))).toEqual([[5, 5]])
    expect(floor.client.protocolErrors).toBe(6)
  })

  it('[SER112] a change that does not continue what is known is asked for as a whole', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    await floor.reconnect()
    const asked = await floor.asked()
    expect(asked.argument.since).toEqual({ epoch: 'e', at: 0 })
    asked.ack({ ok: true, data: viewAnswer([[[3, 3]], []], { kind: 'change', columnMs: 20 }) })
    expect(pairs(view.points('acme', 'bid'))).toEqual([[1, 1]])
    const again = await floor.asked()
    expect([again.argument.since, again.argument.view]).toEqual([undefined, 1])
    again.ack({ ok: true, data: viewAnswer([[[5, 5]], []], { view: 2 }) })
    expect(pairs(view.points('acme', 'bid'))).toEqual([[5, 5]])
  })

  it('[SER111] another epoch changes nothing and is asked for', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    const changes: unknown[] = []
    view.on('change', (change) => changes.push(change))
    floor.server.send('~points', points(0, {}, { epoch: 'f' }))
    expect(pairs(view.points('acme', 'bid'))).toEqual([[1, 1]])
    const asked = await floor.asked()
    floor.server.send('~points', points(0, {}, { epoch: 'f' }))
    asked.ack({ ok: true, data: viewAnswer([[[9, 9]], []], { epoch: 'f', view: 2, from: 9 }) })
    expect(pairs(view.points('acme', 'bid'))).toEqual([[9, 9]])
    expect(pairs(view.points('bolt', 'bid'))).toEqual([])
    floor.server.send('~points', points(10, { 0: [[11, 3]] }, { epoch: 'f', view: 2 }))
    expect(changes).toEqual([
      { since: 9, keys: query.keys },
      { since: 10, keys: ['acme'] },
    ])
    expect(floor.server.sent).toEqual([])
    expect(floor.client.protocolErrors).toBe(0)
  })

  it('[SER111] an answer that was read before the epoch changed is asked for again', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    const set = view.set({ last: 50 })
    const asked = await floor.asked()
    floor.server.send('~points', points(0, {}, { epoch: 'f' }))
    asked.ack({ ok: true, data: viewAnswer([[[9, 9]], []], { view: 2 }) })
    await set
    const again = await floor.asked()
    expect([again.argument.view, again.argument.since]).toEqual([2, undefined])
    again.ack({ ok: true, data: viewAnswer([[], [[4, 4]]], { view: 3, epoch: 'f' }) })
    expect(pairs(view.points('bolt', 'bid'))).toEqual([[4, 4]])
    expect(floor.server.sent).toEqual([])
  })

  it('[SER116] a view that is answered too late is ended', async () => {
    const floor = await openFloor()
    const opening = floor.room.series('price').view(query)
    const refused = codeOf(opening)
    const asked = await floor.asked()
    floor.clock.advance(10_000)
    expect(await refused).toBe('TIMEOUT')
    asked.ack({ ok: true, data: good })
    expect(floor.server.take('~unview').argument).toEqual({ room: 7, view: 1 })
  })

  it.each([
    ['brings a view', { ok: true, data: { ...good, view: 2 } }, 2],
    ['is a refusal', { ok: false, error: { code: 'OVERLOADED', message: 'no' } }, 1],
  ])('[SER116] a change whose late answer %s leaves one view on the server', async (_, lateAnswer, ended) => {
    const floor = await openFloor()
    const view = await floor.view()
    const set = view.set({ last: 50 })
    const refused = codeOf(set)
    const late = await floor.asked()
    floor.clock.advance(10_000)
    expect(await refused).toBe('TIMEOUT')
    const again = await floor.asked()
    expect([again.argument.last, again.argument.view]).toEqual([100, undefined])
    late.ack(lateAnswer)
    expect(floor.server.take('~unview').argument.view).toBe(ended)
    again.ack({ ok: true, data: viewAnswer([[[6, 6]], []], { view: 3 }) })
    expect(pairs(view.points('acme', 'bid'))).toEqual([[6, 6]])
    expect(floor.server.sent).toEqual([])
  })
})
