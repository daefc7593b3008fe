import type { WireAnswer } from '@millrace/contract'
import { seriesBytes } from '@millrace/server'
import { startTestServer, type TestServer, type TestUser } from '@millrace/testing'
import { io, type Socket } from 'socket.io-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { meters, metersApp } from './support/meters.ts'

const yearMs = 365.25 * 86_400_000
const manyKeys = Array.from({ length: 10_000 }, (_, index) => `k${index}`)
const good = { keys: ['a'], fields: ['cpu'], last: 60_000, widthPx: 60 } as const

/** What no view is, as an application might compute it. */
const bad: readonly [what: string, change: object][] = [
  ['a width of 0', { widthPx: 0 }],
  ['a width of 10^9', { widthPx: 1e9 }],
  ['a width that is no number', { widthPx: Number.NaN }],
  ['an infinite width', { widthPx: Infinity }],
  ['ten thousand keys', { keys: manyKeys }],
  ['a key that the schema refuses', { keys: ['NOT A KEY'] }],
  ['an undeclared field', { fields: ['rain'] }],
  ['a window of no length', { last: Number.NaN }],
  ['an endless window', { last: Infinity }],
  ['a window that goes backwards', { last: undefined, from: 2, to: 1 }],
  ['a window from no time', { last: undefined, from: Number.NaN, to: 1 }],
  ['a window to no end', { last: undefined, from: 0, to: Infinity }],
  ['a pace that is none', { fps: Number.NaN }],
]

async function startMeters(): Promise<TestServer<TestUser>> {
  const site = await startTestServer<TestUser>({ implementations: [metersApp] })
  onTestFinished(() => site[Symbol.asyncDispose]())
  return site
}

/** A member over a real connection that sends whatever it is told to, checked by nothing. */
async function stockMember(url: string): Promise<{ socket: Socket; room: number }> {
  const socket = io(`${url}/meters`, { auth: { user: 'eve' }, transports: ['websocket'], forceNew: true })
  onTestFinished(() => void socket.disconnect())
  const joined = (await socket.emitWithAck('~join', { room: 'hall' })) as WireAnswer & { data: { room: number } }
  return { socket, room: joined.data.room }
}

function shown({ at, values }: { readonly at: Float64Array; readonly values: Float64Array }): (readonly number[])[] {
  return Array.from(at, (time, index) => [time, values[index]!])
}

describe('bad input of series, over real connections', () => {
  it.each(bad)(
    '[SER41, SER101] %s is refused by the client, and by the server where nothing was checked',
    async (_, change) => {
      const site = await startMeters()
      const hall = site
        .client({ auth: { user: 'ada' } })
        .use(meters)
        .room('hall')
      await hall.join()
      const load = hall.series('load')
      const asked = { ...good, ...change } as unknown as Parameters<typeof load.view>[0]
      await expect(load.view(asked)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      const { socket, room } = await stockMember(site.url)
      const answer: unknown = await socket.emitWithAck('~view', { room, series: 'load', ...asked })
      expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
      // Both go on, and nobody noticed.
      expect(await socket.emitWithAck('~view', { room, series: 'load', ...good })).toMatchObject({ ok: true })
      const view = await load.view({ ...good, keys: ['a'], fields: ['cpu'] })
      view.close()
      expect(site.errors).toEqual([])
    },
  )

  it('[SER44] a range of a thousand years is answered with what is kept of it', async () => {
    const site = await startMeters()
    const now = Date.now()
    await site.server.room(meters, 'hall', {}).series('load').append('a', now, { cpu: 0.5 })
    const hall = site
      .client({ auth: { user: 'ada' } })
      .use(meters)
      .room('hall')
    await hall.join()
    const windows = [{ last: 1_000 * yearMs }, { from: now - 1_000 * yearMs, to: now + 1_000 * yearMs }]
    for (const window of windows) {
      const view = await hall.series('load').view({ keys: ['a'], fields: ['cpu'], widthPx: 1_000, fps: 0, ...window })
      expect(shown(view.points('a', 'cpu'))).toEqual([[now, 0.5]])
      view.close()
    }
  })

  it('[SER31, SER33, SER34] what is appended badly is refused, is seen by nobody, and the memory has its bound', async () => {
    const site = await startMeters()
    const load = site.server.room(meters, 'hall', {}).series('load')
    const now = Date.now()
    await load.append('a', now, { cpu: 1 })
    const hall = site
      .client({ auth: { user: 'ada' } })
      .use(meters)
      .room('hall')
    await hall.join()
    const view = await hall.series('load').view({ ...good, keys: ['a', 'b', 'c', 'd'], fields: ['cpu'] })
    for (const [key, at, cpu] of [
      ['a', now, Number.NaN],
      ['a', now, Infinity],
      ['a', now, -Infinity],
      ['a', now - 1, 1],
      ['a', now + 1_000 * yearMs, 1],
      ['a', now - 1_000 * yearMs, 1],
      ['a', Number.NaN, 1],
      ['NOT A KEY', now, 1],
    ] as const)
      await expect(load.append(key, at, { cpu })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const [b, c] = ['b', 'c'].map((key) => load.append(key, now, { cpu: 1, heat: 1 }))
    await Promise.all([b, c])
    await expect(load.append('d', now, { cpu: 1, heat: 1 })).rejects.toMatchObject({ code: 'OVERLOADED' })
    const { stepMs, retentionMs, maxKeys, fields } = meters.rooms.hall.series.load
    const most = seriesBytes({ stepMs, retentionMs, maxTracks: maxKeys * fields.length })
    expect(most).toBe(6 * 6_383_040)
    expect(shown(view.points('a', 'cpu'))).toEqual([[now, 1]])
    view.close()
  })
})
