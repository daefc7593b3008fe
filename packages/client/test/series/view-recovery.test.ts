import { describe, expect, it } from 'vitest'
import { openFloor, query } from '../support/open-floor.ts'
import { start, turn } from '../support/start-client.ts'
import { pairs, points, viewAnswer } from '../support/view-wire.ts'

describe('a view whose connection broke', () => {
  it('[SER110] asks after a reconnect for what may have changed, of any track', async () => {
    const floor = await openFloor()
    const view = await floor.view(
      {},
      viewAnswer([
        [
          [1, 1],
          [55, 2],
        ],
        [[32, 3]],
      ]),
    )
    const changes: unknown[] = []
    view.on('change', (change) => changes.push(change))
    await floor.reconnect()
    const asked = await floor.asked()
    expect(asked.argument.view).toBe(undefined)
    expect(asked.argument.since).toEqual({ epoch: 'e', at: 30 })
    floor.server.send('~points', points(0, { 0: [[1, 99]] }))
    const missed = [
      [
        [55, 2],
        [61, 4],
      ],
      [
        [32, 3],
        [34, 5],
      ],
    ] as const
    asked.ack({ ok: true, data: viewAnswer(missed, { kind: 'change', from: 30, view: 1 }) })
    expect(pairs(view.points('acme', 'bid'))).toEqual([
      [1, 1],
      [55, 2],
      [61, 4],
    ])
    expect(pairs(view.points('bolt', 'bid'))).toEqual([
      [32, 3],
      [34, 5],
    ])
    floor.server.send(
      '~points',
      points(60, {
        0: [
          [61, 4],
          [62, 6],
        ],
      }),
    )
    expect(changes).toEqual([
      { since: 30, keys: query.keys },
      { since: 60, keys: ['acme'] },
    ])
    expect(floor.errors).toEqual([])
  })

  it('[SER110] asks for everything where a track has no point', async () => {
    const floor = await openFloor()
    await floor.view({}, viewAnswer([[[55, 2]], []]))
    await floor.reconnect()
    expect((await floor.asked()).argument.since).toBe(undefined)
  })

  it('[SER110] a question that was under way is sent again, once', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    const set = view.set({ last: 50 })
    await floor.asked()
    await floor.reconnect()
    const asked = await floor.asked()
    expect([asked.argument.last, asked.argument.view, asked.argument.since]).toEqual([50, undefined, undefined])
    asked.ack({ ok: true, data: viewAnswer([[[9, 9]], []]) })
    await set
    await turn()
    expect(floor.server.sent).toEqual([])
    expect(pairs(view.points('acme', 'bid'))).toEqual([[9, 9]])
  })

  it('[SER110] views from before the client came back to the room on the same connection are over', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    const set = view.set({ last: 50 })
    const before = await floor.asked()
    floor.server.send('~frame', { room: 7 })
    const { ack } = floor.server.take('~join')
    before.ack({ ok: true, data: viewAnswer([[[3, 3]], []], { view: 2 }) })
    await set
    ack({ ok: true, data: { room: 7, position: start, recovered: true } })
    const asked = await floor.asked()
    expect([asked.argument.view, asked.argument.last]).toEqual([undefined, 50])
    asked.ack({ ok: true, data: viewAnswer([[[4, 4]], []], { view: 2 }) })
    expect(pairs(view.points('acme', 'bid'))).toEqual([[4, 4]])
    await turn()
    expect(floor.server.sent).toEqual([])
    view.close()
    expect(floor.server.take('~unview').argument.view).toBe(2)
  })

  it('[SER110] nor is one that is answered after the client came back', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    void view.set({ last: 50 })
    const before = await floor.asked()
    floor.server.send('~frame', { room: 7 })
    floor.server.take('~join').ack({ ok: true, data: { room: 7, position: start, recovered: true } })
    await turn()
    before.ack({ ok: true, data: viewAnswer([[[3, 3]], []], { view: 2 }) })
    const asked = await floor.asked()
    expect([asked.argument.view, asked.argument.last]).toEqual([undefined, 50])
    expect(floor.server.sent).toEqual([])
  })
})
