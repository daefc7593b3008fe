import { expect, it } from 'vitest'
import { startTestServer, type TestUser } from '@millrace/testing'
import { meters, metersApp } from './support/meters.ts'
import { pointsOfView } from './support/screen.ts'

it.each(['websocket', 'polling'] as const)(
  '[SER103, SER110] a view over %s has every number to the bit, also after the connection broke',
  async (transport) => {
    await using test = await startTestServer<TestUser>({ implementations: [metersApp] })
    const short = test.server.room(meters, 'hall', {}).series('short')
    const start = Math.floor(Date.now() / 1_000) * 1_000 - 10_000
    const values = [Math.PI, -0.1, 5e-324, Number.MAX_VALUE, -1 / 3, 1e21, 0]
    const append = (count: number, from: number) =>
      Promise.all(
        Array.from({ length: count }, (_, index) => {
          const at = start + (from + index) * 100
          return short.append('a', at, { v: values[(from + index) % values.length]! })
        }),
      )
    const expected = (count: number) =>
      Array.from({ length: count }, (_, index) => [start + index * 100, values[index % values.length]])
    await append(20, 0)
    const client = test.client({
      auth: { user: 'ada' },
      transports: [transport],
      reconnect: { minDelayMs: 50, maxDelayMs: 50 },
    })
    const hall = client.use(meters).room('hall')
    await hall.join()
    const view = await hall.series('short').view({ keys: ['a'], last: 30_000, widthPx: 3_000, fps: 60 })
    expect(view.columnMs).toBe(10)
    expect(pointsOfView(view, 'a')).toEqual(expected(20))
    const reached = (count: number) =>
      new Promise<void>((resolve) => {
        const off = view.on('change', () => {
          if (pointsOfView(view, 'a').length < count) return
          off()
          resolve()
        })
      })
    const grown = reached(30)
    await append(10, 20)
    await grown
    expect(pointsOfView(view, 'a')).toEqual(expected(30))
    const back = reached(50)
    test.server.io.of('/meters').disconnectSockets(true)
    await append(10, 30)
    await append(10, 40)
    await back
    expect(pointsOfView(view, 'a')).toEqual(expected(50))
    expect(client.protocolErrors).toBe(0)
    expect(test.errors).toEqual([])
  },
)
