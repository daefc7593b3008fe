import { describe, expect, it } from 'vitest'
import type { WireFrame, WireHistoryPage } from '@millrace/contract'
import { lab, startLab } from './server-lab.ts'
import type { StockClient } from './server-stock-client.ts'

const presence = { presence: { status: 'in' } }
const frames = { auth: { name: 'ann', millrace: 1 } }
const ways = [['websocket'], ['polling']] as const

function payloads(client: StockClient): unknown[] {
  return client.inbox.all.flatMap(({ name, args }) => {
    if (name !== '~frame') return []
    const frame = args[0] as WireFrame
    if (frame.kind === 'skip') return []
    return frame.entries.map((entry) => entry?.[frame.kind === 'volatile' ? 1 : 2])
  })
}

describe('bytes', () => {
  it.each(ways)('[PIP38] in inputs and answers, at any place, over %s', async (transport) => {
    await using served = await startLab()
    await using client = await served.connect({ transports: [transport] })
    const inputs = [
      Buffer.from([0, 1, 255]),
      { a: [Buffer.from('x'), { b: Buffer.alloc(0) }], c: 'text' },
      [Buffer.from('a'), Buffer.from('a')],
    ]
    for (const input of inputs) expect(await client.call('run', { input })).toEqual({ ok: true, data: input })
    const many = Array.from({ length: 10 }, (_, index) => Buffer.from([index]))
    expect(await client.call('run', { input: many })).toEqual({ ok: true, data: many })
  })

  it.each(ways)(
    '[PIP39] as events: in frames for frame clients, as payloads for stock clients, durable and volatile, over %s',
    async (transport) => {
      await using served = await startLab()
      await using stock = await served.connect({ transports: [transport], auth: { name: 'bob' } })
      await using framed = await served.connect({ transports: [transport], ...frames })
      const { room } = await stock.join('desk', { id: 'a' }, presence)
      await framed.join('desk', { id: 'a' }, presence)
      const blob = Buffer.from([0, 1, 2, 255])
      expect(await stock.call('blob', { room, input: blob })).toMatchObject({
        ok: true,
        data: { position: { offset: 1 } },
      })
      expect(await stock.event('blob')).toEqual(blob)
      expect(await stock.call('flash', { room, input: Buffer.alloc(0) })).toMatchObject({ ok: true })
      expect(await stock.event('flash')).toEqual(Buffer.alloc(0))
      await served.server.room(lab, 'desk', { id: 'a' }).publish('note', { text: 'after' })
      await framed.inbox.find(() => payloads(framed).length === 3)
      expect(payloads(framed)).toEqual([blob, Buffer.alloc(0), { text: 'after' }])
      expect(stock.inbox.all.find((event) => event.name === 'blob')?.args[1]).toMatchObject({
        position: { offset: 1 },
        from: 'bob',
      })
    },
  )

  it('[PIP40] more of them in one tick than a Socket.IO packet may hold arrive all, live, recovered and as history', async () => {
    await using served = await startLab()
    await using stock = await served.connect()
    await using framed = await served.connect(frames)
    await stock.join('desk', { id: 'a' }, presence)
    const { room, position } = await framed.join('desk', { id: 'a' }, presence)
    const desk = served.server.room(lab, 'desk', { id: 'a' })
    const blobs = Array.from({ length: 25 }, (_, index) => Buffer.from([index]))
    const isFlash = ({ name }: { name: string }): boolean => name === 'flash'
    await Promise.all(blobs.map((blob) => desk.publish('blob', blob)))
    await Promise.all(blobs.map((blob) => desk.publish('flash', blob)))
    await framed.inbox.find(() => payloads(framed).length === 50)
    expect(payloads(framed)).toEqual([...blobs, ...blobs])
    await stock.inbox.count(25, isFlash)
    expect(stock.inbox.all.filter(({ name }) => name === 'blob').map(({ args }) => args[0])).toEqual(blobs)

    await using returned = await served.connect(frames)
    expect(await returned.join('desk', { id: 'a' }, { ...presence, position })).toMatchObject({ recovered: true })
    await returned.inbox.find(() => payloads(returned).length === 25)
    expect(payloads(returned)).toEqual(blobs)

    const read: unknown[] = []
    let from: object = position
    for (let more = true; more;) {
      const answer = await framed.call('~history', { room, direction: 'after', limit: 500, position: from })
      const page = (answer as unknown as { data: WireHistoryPage }).data
      read.push(...page.entries.map((entry) => entry?.[2]))
      const last = page.entries.at(-1)
      from = { epoch: page.epoch, offset: page.from + page.entries.length - 1, id: last?.[0] }
      more = page.more
    }
    expect(read).toEqual(blobs)
  })

  it('[PIP41] an answer with more of them than a packet may hold is INTERNAL and reported; clients may send no more', async () => {
    const many = (count: number): Buffer[] => Array.from({ length: count }, (_, index) => Buffer.from([index]))
    await using served = await startLab({ requests: { run: ({ input }) => many(input as number) } })
    await using client = await served.connect()
    expect(await client.call('run', { input: 10 })).toEqual({ ok: true, data: many(10) })
    expect(await client.call('run', { input: 11 })).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
    expect(await client.call('run', { input: 11, key: 'k' })).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
    expect(String(served.errors[0])).toContain('at most 10')
    await client.barrier()
    client.socket.emit('run', { input: many(11) })
    expect(await client.disconnected).toBe('transport close')
  })

  it('[PIP46] JSON that looks like the place of bytes is refused: it would disconnect everybody who decodes it beside bytes', async () => {
    await using served = await startLab()
    await using watcher = await served.connect(frames)
    await using client = await served.connect()
    await watcher.join('desk', { id: 'a' }, presence)
    const { room } = await client.join('desk', { id: 'a' }, presence)
    const place = { _placeholder: true, num: 99 }
    const answers = await Promise.all([
      client.call('note', { room, input: { text: 'hi', more: place } }),
      client.call('blob', { room, input: Buffer.from([1]) }),
      client.call('run', { input: { deep: [place] } }),
    ])
    const refused = {
      ok: false,
      error: { code: 'INVALID_INPUT', path: expect.stringMatching(/_placeholder$/) as string },
    }
    expect(answers).toMatchObject([refused, { ok: true }, refused])
    await watcher.inbox.find(() => payloads(watcher).length > 0)
    await watcher.barrier()
    expect(payloads(watcher)).toEqual([Buffer.from([1])])
  })
})
