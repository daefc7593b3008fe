import { describe, expect, it } from 'vitest'
import { createLab, lab, startLab } from './server-lab.ts'
import { stockClient } from './server-stock-client.ts'
import { stockVersions } from './server-stock-versions.ts'

const presence = { presence: { status: 'in' } }

describe('stock clients and frame clients in one room', () => {
  it('[STK6] get the same events, each in its own form', async () => {
    await using served = await startLab()
    await using stock = await served.connect({ connect: stockVersions['4.0'], auth: { name: 'old' } })
    await using framed = await served.connect({ auth: { name: 'new', millrace: 1 } })
    await stock.join('desk', { id: 'a' }, presence)
    await framed.join('desk', { id: 'a' }, presence)
    const desk = served.server.room(lab, 'desk', { id: 'a' })
    await Promise.all(['1', '2', '3'].map((text) => desk.publish('note', { text })))
    await stock.inbox.count(3, ({ name }) => name === 'note')
    await framed.inbox.find(({ name }) => name === '~frame')
    const frames = framed.inbox.all
      .filter(({ name }) => name === '~frame')
      .map(({ args }) => args[0] as { entries: [string, string, { text: string }][]; to: number })
    const entries = frames.flatMap((frame) => frame.entries)
    const singles = stock.inbox.all
      .filter(({ name }) => name === 'note')
      .map(({ args }) => args as [unknown, { position?: { id: string } }])
    expect(entries.map(([id, , payload]) => [id, payload])).toEqual(
      singles.map(([payload, meta]) => [meta.position?.id, payload]),
    )
    expect(framed.inbox.all.some(({ name }) => name === 'note')).toBe(false)
  })

  it.each(Object.entries(stockVersions))(
    '[STK7] %s reconnects by itself after the server was closed and started again on its port',
    async (_version, connect) => {
      const first = await startLab()
      await using client = stockClient(first.url, {
        connect,
        reconnection: true,
        reconnectionDelay: 10,
        reconnectionDelayMax: 10,
        randomizationFactor: 0,
      })
      const connected = (): Promise<void> => new Promise((resolve) => client.socket.once('connect', () => resolve()))
      await connected()
      const again = connected()
      await first.server.close()
      const second = createLab({}, [])
      await second.listen(first.port, { host: '127.0.0.1' })
      await again
      const { room } = await client.join('hall')
      expect(await client.call('note', { room, input: { text: 'hi' } })).toMatchObject({
        ok: true,
        data: { position: { offset: 1 } },
      })
      await second.close()
    },
  )
})
