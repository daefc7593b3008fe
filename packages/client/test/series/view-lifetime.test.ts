import { describe, expect, it, vi } from 'vitest'
import { openFloor, query } from '../support/open-floor.ts'
import { turn } from '../support/start-client.ts'
import { codeOf, pairs, points, viewAnswer } from '../support/view-wire.ts'

const paceAndSince = ({ fps, since }: Record<string, unknown>) => [fps, since]

describe('a view over its life', () => {
  it('[SER113] a closed client does not watch the page', async () => {
    const floor = await openFloor()
    await floor.view()
    expect(floor.visibility.listeners.size).toBe(1)
    await floor.client.close()
    expect(floor.visibility.listeners.size).toBe(0)
    expect(floor.clock.timers).toBe(0)
  })

  it('[SER113] slows down while the page is hidden, and catches up', async () => {
    const floor = await openFloor()
    const slow = await floor.view({ fps: 20 })
    const still = await floor.view({ whenHidden: 'pause' }, viewAnswer([[[1, 1]], [[2, 2]]], { view: 2 }))
    floor.visibility.show(false)
    const hidden = [await floor.asked(), await floor.asked()]
    const since = { epoch: 'e', at: 0 }
    expect(hidden.map(({ argument }) => paceAndSince(argument))).toEqual([
      [1, since],
      [0, since],
    ])
    for (const [index, { ack }] of hidden.entries()) {
      ack({ ok: true, data: viewAnswer([[], []], { view: 3 + index, kind: 'change', from: 0 }) })
    }
    floor.visibility.show(false)
    expect(floor.server.sent).toEqual([])
    floor.visibility.show(true)
    const seen = [await floor.asked(), await floor.asked()]
    expect(seen.map(({ argument }) => [argument.fps, argument.view])).toEqual([
      [20, 3],
      [10, 4],
    ])
    slow.close()
    expect(floor.visibility.listeners.size).toBe(1)
    still.close()
    expect(floor.visibility.listeners.size).toBe(0)
  })

  it('[SER113] a view that is opened, or comes back, on a hidden page begins slowly', async () => {
    const floor = await openFloor()
    floor.visibility.show(false)
    void floor.room.series('price').view(query)
    expect((await floor.asked()).argument.fps).toBe(1)
    floor.visibility.show(true)
    await floor.reconnect()
    const asked = await floor.asked()
    expect(asked.argument.fps).toBe(10)
    asked.ack({ ok: true, data: viewAnswer([[], []]) })
    await turn()
    expect(floor.server.sent).toEqual([])
  })

  it('[SER114] close ends it on the server, once', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    const heard = vi.fn<() => void>()
    view.on('change', heard)
    view.on('end', heard)
    view.close()
    view.close()
    expect(floor.server.take('~unview').argument).toEqual({ room: 7, view: 1 })
    floor.server.send('~points', points(10, { 0: [[11, 9]] }))
    floor.visibility.show(false)
    await floor.reconnect()
    expect(floor.server.sent).toEqual([])
    expect(heard).not.toHaveBeenCalled()
    await expect(view.set({ last: 1 })).rejects.toMatchObject({ code: 'DISCONNECTED' })
  })

  it('[SER114] close while an answer is under way ends what is answered', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    const set = view.set({ last: 50 })
    const refused = codeOf(set)
    const asked = await floor.asked()
    view.close()
    expect(await refused).toBe('DISCONNECTED')
    expect(floor.server.sent).toEqual([])
    asked.ack({ ok: true, data: viewAnswer([[], []], { view: 2 }) })
    expect(floor.server.take('~unview').argument).toEqual({ room: 7, view: 2 })
    expect(floor.server.sent).toEqual([])
  })

  it('[SER115] leaving ends it with a word', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    const ends: string[] = []
    view.on('end', ({ code }) => ends.push(code))
    void floor.room.leave()
    expect(ends).toEqual(['DISCONNECTED'])
    expect(pairs(view.points('acme', 'bid'))).toEqual([[1, 1]])
    await expect(view.set({ last: 1 })).rejects.toMatchObject({ code: 'DISCONNECTED' })
    view.close()
    expect(floor.server.sent.map(({ name }) => name)).toEqual(['~leave'])
    expect(floor.visibility.listeners.size).toBe(0)
  })

  it('[SER115] a kick ends it with its error', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    const ends: string[] = []
    view.on('end', ({ code }) => ends.push(code))
    floor.server.send('~kick', { room: 7, error: { code: 'FORBIDDEN', message: 'out' } })
    expect(ends).toEqual(['FORBIDDEN'])
    await expect(view.set({ last: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(floor.server.sent).toEqual([])
  })

  it('[SER115] a refusal after a reconnect is asked again where it may pass, and else the end', async () => {
    const floor = await openFloor()
    const view = await floor.view()
    const ends: string[] = []
    view.on('end', ({ code }) => ends.push(code))
    await floor.reconnect()
    const refuse = (code: string) => ({ ok: false, error: { code, message: 'no' } })
    ;(await floor.asked()).ack(refuse('UNAVAILABLE'))
    ;(await floor.asked()).ack(refuse('UNAVAILABLE'))
    expect(floor.server.sent).toEqual([])
    floor.clock.advance(499)
    expect(floor.server.sent).toEqual([])
    floor.clock.advance(1)
    ;(await floor.asked()).ack(refuse('FORBIDDEN'))
    expect(ends).toEqual(['FORBIDDEN'])
    expect(pairs(view.points('acme', 'bid'))).toEqual([[1, 1]])
  })

  it('[SER117] equal views share a name, and end by themselves', async () => {
    const floor = await openFloor()
    const one = await floor.view()
    const other = await floor.view()
    one.on('change', () => one.close())
    const increment = (value: number) => floor.server.send('~points', points(10, { 0: [[11, value]] }))
    increment(5)
    increment(6)
    expect(pairs(one.points('acme', 'bid'))).toEqual([
      [1, 1],
      [11, 5],
    ])
    expect(pairs(other.points('acme', 'bid'))).toEqual([
      [1, 1],
      [11, 6],
    ])
    other.close()
    expect(floor.server.sent.map(({ name, argument }) => [name, argument.view])).toEqual([
      ['~unview', 1],
      ['~unview', 1],
    ])
  })
})
