import { describe, expect, it, vi } from 'vitest'
import type { WireFrame } from '@millrace/contract'
import { lab, startLab, type LabParts } from './server-lab.ts'
import { packed, packedParser, unpacked } from './server-packed.ts'
import { connectRaw } from './server-raw-client.ts'
import { largestHeld } from './server-sockets.ts'
import type { StockClient } from './server-stock-client.ts'
import { stockVersions } from './server-stock-versions.ts'

const presence = { presence: { status: 'in' } }
const ways = ['websocket', 'polling'] as const
const blobs = [Buffer.from([0, 1, 255]), Buffer.alloc(0), Buffer.alloc(300, 7), Buffer.from('last')]

type Kind = 'blob' | 'flash'

/** Payloads of bytes as a client was told of them, in frames or as single events. */
function payloads(client: StockClient, kind: Kind): unknown[] {
  return client.inbox.all.flatMap(({ name, args }) => {
    if (name === kind) return [args[0]]
    const frame = args[0] as WireFrame
    if (name !== '~frame' || frame.kind !== (kind === 'blob' ? 'full' : 'volatile')) return []
    return frame.entries.map((entry) => entry?.[frame.kind === 'volatile' ? 1 : 2])
  })
}

describe.each([
  { path: 'finished frames', finishedFrames: true },
  { path: 'the ordinary path', finishedFrames: false },
])('packed messages over $path', ({ finishedFrames }) => {
  const start = (parts: LabParts = {}) => startLab({ ...parts, options: { finishedFrames, ...parts.options } })

  it.each(ways)('[BYT1, BYT2, BYT4] reach those who read them, and nobody else in the room, over %s', async (way) => {
    await using served = await start()
    const messages: Buffer[] = []
    const connect = (name: string, more: object) => served.connect({ transports: [way], auth: { name }, ...more })
    const parser = packedParser(messages)
    await using reader = await connect('ann', { parser, auth: { name: 'ann', millrace: 1, bytes: 1 } })
    await using single = await connect('bob', { parser, auth: { name: 'bob', bytes: 1 } })
    await using framed = await connect('cyd', { auth: { name: 'cyd', millrace: 1 } })
    await using newer = await connect('dan', {})
    await using older = await connect('eve', { connect: stockVersions['4.0'] })
    const clients = [reader, single, framed, newer, older]
    for (const client of clients) await client.join('desk', { id: 'a' }, presence)
    const desk = served.server.room(lab, 'desk', { id: 'a' })
    for (const blob of blobs) {
      await desk.publish('blob', blob)
      await desk.publish('flash', blob)
    }
    for (const client of clients) {
      await vi.waitFor(() => expect(payloads(client, 'blob')).toEqual(blobs))
      await vi.waitFor(() => expect(payloads(client, 'flash')).toEqual(blobs))
    }
    const told = messages.map((message) => unpacked(message))
    const inFrames = told.flatMap(([text, ...bytes]) => (text.includes(',["~frame",') ? bytes : []))
    expect(inFrames).toHaveLength(2 * blobs.length)
    const asEvents = told.flatMap(([text, ...bytes]) => (text.startsWith('51-/lab,["blob",') ? bytes : []))
    expect(asEvents).toEqual(blobs)
  })

  it.each(ways)('[BYT1, BYT7] hold answers, inputs, and answers to questions, over %s', async (way) => {
    const asked: unknown[] = []
    await using served = await start()
    const messages: Buffer[] = []
    const auth = { name: 'ann', millrace: 1, bytes: 1 }
    await using client = await served.connect({ transports: [way], parser: packedParser(messages), auth })
    const many = Array.from({ length: 10 }, (_, index) => Buffer.alloc(index, index))
    for (const input of [blobs[0], { deep: [{ a: blobs[1] }, blobs[2]], text: 'ü' }, many])
      expect(await client.call('run', { input })).toEqual({ ok: true, data: input })
    expect(messages.map((message) => /^6\d+-\/lab,\d\[/.test(unpacked(message)[0]))).toEqual([true, true, true])
    served.server.io.of('/lab').on('connection', (socket) => socket.on('plain', (bytes) => asked.push(bytes)))
    await using plain = await served.connect({ transports: [way], parser: packedParser(), auth: { name: 'bob' } })
    plain.socket.emit('plain', blobs[2])
    await plain.barrier()
    expect(asked).toEqual([blobs[2]])
    expect(served.errors).toEqual([])
  })

  it('[BYT4] keep the order among answers and events of room and namespace, with bytes and without', async () => {
    await using served = await start()
    await using client = await connectRaw(served.port, '/lab', { auth: '{"millrace":1,"bytes":1,"name":"ada"}' })
    await client.request('~join', { room: 'desk', params: { id: 'a' }, presence: { status: 'in' } })
    const desk = served.server.room(lab, 'desk', { id: 'a' })
    const answers: Promise<unknown>[] = []
    for (let n = 1; n <= 60; n++) {
      answers.push(client.request('run', { input: n }))
      void desk.publish(n % 2 ? 'blob' : 'note', (n % 2 ? new Uint8Array([n]) : { text: `${n}` }) as never)
      if (n % 4 === 0) void served.server.user(lab, 'ada').emit('file', new Uint8Array([n]))
      if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    await Promise.all(answers)
    const froms = () =>
      client.inbox.all.flatMap((message) => {
        const text = typeof message === 'string' ? message.slice(1) : unpacked(message)[0]
        const json = /^(?:2|5\d+-)\/lab,(\["~frame".*)$/.exec(text)?.[1]
        return json ? [(JSON.parse(json) as [string, { to: number }])[1].to] : []
      })
    await vi.waitFor(() => expect(froms().at(-1)).toBe(60))
    expect(froms()).toEqual(froms().toSorted((a, b) => a - b))
    const files = client.inbox.all.flatMap((message) =>
      typeof message !== 'string' && unpacked(message)[0].includes('["file"') ? [unpacked(message)[1]![0]] : [],
    )
    expect(files).toEqual(Array.from({ length: 15 }, (_, index) => 4 * (index + 1)))
  })

  it('[BYT3] of several megabytes arrive whole, both ways', async () => {
    await using served = await start({ options: { limits: { maxPayloadBytes: 4_000_000 } } })
    await using client = await served.connect({ parser: packedParser(), auth: { name: 'ann', millrace: 1, bytes: 1 } })
    const { room } = await client.join('desk', { id: 'a' }, presence)
    const input = Buffer.alloc(3_000_000, 'abc')
    const isWhole = (data: unknown): boolean => input.equals(data as Buffer) // toEqual takes seconds
    const answer = await client.call('run', { input: [input, blobs] })
    const [first, rest] = (answer as { data: unknown[] }).data
    expect([isWhole(first), rest]).toEqual([true, blobs])
    await client.call('blob', { room, input })
    await vi.waitFor(() => expect(payloads(client, 'blob').map(isWhole)).toEqual([true]))
  })

  it('[BYT5] wait within the budget of a reader that stalls, who misses nothing', async () => {
    await using served = await start({ options: { heartbeat: { intervalMs: 600_000 } } })
    await using client = await connectRaw(served.port, '/lab', { auth: '{"millrace":1,"bytes":1}' })
    await client.request('~join', { room: 'desk', params: { id: 'a' }, presence: { status: 'in' } })
    client.ws.pause()
    const desk = served.server.room(lab, 'desk', { id: 'a' })
    let [largest, count] = [0, 0]
    for (; served.server.counters().behind === 0 && count < 1_400; count++) {
      await desk.publish('blob', Buffer.alloc(30_000, count))
      await new Promise((resolve) => setImmediate(resolve))
      largest = Math.max(largest, largestHeld(served.server))
    }
    expect(largest).toBeGreaterThan(32 * 1024)
    expect(largest).toBeLessThanOrEqual(64 * 1024)
    client.ws.resume()
    const received = () =>
      client.inbox.all.flatMap((message) => (typeof message === 'string' ? [] : unpacked(message).slice(1)))
    await vi.waitFor(() => expect(received()).toHaveLength(count))
    expect(received().map((blob) => blob[0])).toEqual(Array.from({ length: count }, (_, index) => index % 256))
  })
})

describe('beside packed messages', () => {
  it('[BYT5] packets count alike in either form', async () => {
    await using served = await startLab()
    const sent = async (auth: object, options: object) => {
      await using client = await served.connect({ auth, ...options })
      await client.join('desk', { id: 'a' }, presence)
      await client.barrier()
      const { framesOut, bytesOut } = served.server.counters()
      await client.call('run', { input: blobs })
      await served.server.user(lab, 'ann').emit('file', blobs[2]!)
      await client.event('file')
      const after = served.server.counters()
      return [after.framesOut - framesOut, after.bytesOut - bytesOut]
    }
    const plain = await sent({ name: 'ann', millrace: 1 }, {})
    expect(await sent({ name: 'ann', millrace: 1, bytes: 1 }, { parser: packedParser() })).toEqual(plain)
    expect(plain[0]).toBe(2)
  })

  it('[BYT6] hello says that the server reads them', async () => {
    await using served = await startLab()
    await using client = await served.connect()
    expect(await client.event('~hello')).toMatchObject({ bytes: 1 })
  })

  it('[BYT7] they are read between packets of any kind', async () => {
    await using served = await startLab()
    await using client = await connectRaw(served.port, '/lab')
    const place = '{"_placeholder":true,"num":0}'
    for (const id of [1, 2, 3]) {
      client.ws.send(packed(`51-/lab,${id}0["run",{"input":${place}}]`, Buffer.from([id])))
      client.packet(`51-/lab,${id}1["run",{"input":${place}}]`)
      client.ws.send(Buffer.from([id]))
      client.packet(`2/lab,${id}2["run",{"input":${id}}]`)
    }
    const last = client.inbox.find((message) => String(message).startsWith('43/lab,32['))
    expect(await last).toBe('43/lab,32[{"ok":true,"data":3}]')
    const answers = client.inbox.all.filter((message) => /^4(61-|3)\/lab/.test(String(message)))
    expect(answers).toHaveLength(9)
  })

  const text = '51-/lab,1["run",{"input":{"_placeholder":true,"num":0},"key":"k"}]'
  it.each([
    ['empty', Buffer.alloc(0)],
    ['shorter than a length', Buffer.from([1, 0, 0])],
    ['a length beyond the end', Buffer.concat([Buffer.from([255, 255, 255, 255]), Buffer.from(text)])],
    ['no attachment', packed(text)],
    ['one too many', packed(text, blobs[0]!, blobs[1]!)],
    ['something left over', Buffer.concat([packed(text, blobs[0]!), Buffer.from([0])])],
    ['text that announces none', packed('2/lab,1["run",{"input":1,"key":"k"}]')],
    ['text that announces none, with one', packed('2/lab,1["run",{"input":1,"key":"k"}]', blobs[0]!)],
    ['eleven', packed(text.replace('51-', '511-'), ...Array.from({ length: 11 }, () => blobs[0]!))],
    ['a count that is none', packed(text.replace('51-', '5x-'), blobs[0]!)],
    ['a name that Socket.IO keeps', packed('51-/lab,1["connect",{"_placeholder":true,"num":0}]', blobs[0]!)],
    ['a place that there is not', packed(text.replace('"num":0', '"num":1'), blobs[0]!)],
  ])('[BYT8] %s ends the connection, and nothing runs', async (_what, message) => {
    const ran: unknown[] = []
    await using served = await startLab({ requests: { run: ({ input }) => void ran.push(input) } })
    await using bystander = await connectRaw(served.port, '/lab')
    await using client = await connectRaw(served.port, '/lab')
    client.ws.send(message)
    await client.closed
    expect(await bystander.request('add', { input: { a: 1, b: 2 } })).toEqual({ ok: true, data: 3 })
    expect([ran, served.errors]).toEqual([[], []])
  })

  it('[BYT9] renewed credentials leave a connection what it reads, in later namespaces too', async () => {
    await using served = await startLab()
    const messages: Buffer[] = []
    const auth = { name: 'ann', millrace: 1, bytes: 1 }
    await using client = await served.connect({ parser: packedParser(messages), auth })
    expect(await client.call('~auth', { auth: { name: 'ann' } })).toEqual({ ok: true })
    client.socket.disconnect().connect()
    await vi.waitFor(() => expect(client.socket.connected).toBe(true))
    await client.join('desk', { id: 'a' }, presence)
    await served.server.room(lab, 'desk', { id: 'a' }).publish('blob', blobs[0]!)
    await client.inbox.find(({ name }) => name === '~frame')
    expect(messages.map((message) => unpacked(message)[0].slice(0, 17))).toEqual(['51-/lab,["~frame"'])
  })
})
