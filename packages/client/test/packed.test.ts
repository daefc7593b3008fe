import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bytes, defineContract, event, request, room } from '@millrace/contract'
import { createClient, type Client } from '@millrace/client'
import { packedPackets } from '@millrace/client/packed'
import { Server, type Socket } from 'socket.io'
import { Decoder } from 'socket.io-parser'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'

const contract = defineContract({
  namespace: '/lab',
  requests: { echo: request({ input: z.unknown(), output: z.unknown() }) },
  questions: { sign: request({ input: bytes(), output: bytes() }) },
  rooms: { desk: room({ events: { blob: event(bytes(), { publish: 'members' }) } }) },
})

type Ack = (answer: unknown) => void

/** A packed message by docs/protocol.md. */
function packed(text: string, ...attachments: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    [Buffer.from(text), ...attachments].flatMap((part) => {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(part.length)
      return [length, part]
    }),
  )
}

interface Host extends AsyncDisposable {
  /** Messages with bytes that clients sent, as Engine.IO gave them. */
  readonly messages: Buffer[]
  readonly handshakes: Record<string, unknown>[]
  /** Without packets: as `createClient` does by itself. */
  connect(transport?: 'websocket' | 'polling', packets?: typeof packedPackets | null): Client
}

/** A server by the protocol; `hello` is what its `~hello` says beside the rest. */
async function startHost(hello: (count: number) => object, each: (socket: Socket) => void = () => {}): Promise<Host> {
  const messages: Buffer[] = []
  const handshakes: Record<string, unknown>[] = []
  const http = createHttpServer()
  class Reader extends Decoder {
    #awaited = 0

    override add(message: string | Buffer): void {
      if (typeof message === 'string') {
        super.add(message)
        this.#awaited = message[0] === '5' || message[0] === '6' ? Number.parseInt(message.slice(1), 10) : 0
        return
      }
      messages.push(message)
      if (this.#awaited-- > 0) return super.add(message)
      for (let at = 0; at < message.length;) {
        const from = at + 4
        at = from + message.readUInt32LE(at)
        super.add(from === 4 ? message.toString('utf8', from, at) : message.subarray(from, at))
      }
    }
  }
  const { Encoder } = await import('socket.io-parser')
  const io = new Server(http, { serveClient: false, parser: { Encoder, Decoder: Reader } })
  io.of('/lab').on('connection', (socket) => {
    const count = handshakes.push(socket.handshake.auth)
    const greeting = { node: 'n1', connection: socket.id, at: 0, maxPayloadBytes: 64_000, fingerprint: '' }
    socket.on('echo', ({ input }: { input: unknown }, ack: Ack) => ack({ ok: true, data: input }))
    socket.emit('~hello', { ...greeting, ...hello(count) })
    each(socket)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const clients: Client[] = []
  return {
    messages,
    handshakes,
    connect(transport = 'websocket', packets: typeof packedPackets | null = packedPackets) {
      const client = createClient({
        url,
        ...(packets ? { packets } : {}),
        transports: [transport],
        reconnect: { minDelayMs: 1, maxDelayMs: 5 },
      })
      clients.push(client)
      return client
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.close()
      await io.close()
    },
  }
}

const input = { text: 'ü', list: [Buffer.from([1, 2, 3]), Buffer.alloc(0), Buffer.alloc(300, 9)] }
/** The first bytes of a packed message that holds it: the length of its text, and `53-/lab,`. */
const isPacked = (message: Buffer): boolean => message.toString('latin1', 4, 12) === '53-/lab,'

describe.each(['websocket', 'polling'] as const)('bytes over %s', (transport) => {
  test('[BYT20, BYT21] go to a server that reads packed messages as one, and come in either form', async () => {
    const place = '{"_placeholder":true,"num":0}'
    const entry = (offset: number): string =>
      `"from":${offset},"prev":"${offset === 1 ? '' : offset - 1}","to":${offset},"id":"${offset}","entries":[["${offset}","blob",${place},5]]`
    const frame = (offset: number): string => `51-/lab,["~frame",{"room":7,"kind":"full","epoch":"e",${entry(offset)}}]`
    await using host = await startHost(
      () => ({ bytes: 1 }),
      (socket) => {
        socket.on('~join', (_join, ack: Ack) => {
          ack({ ok: true, data: { room: 7, position: { epoch: 'e', offset: 0, id: '' }, recovered: false } })
          socket.conn.write(packed(frame(1), Buffer.from([1])) as never)
          socket.conn.write(frame(2))
          socket.conn.write(Buffer.from([2]) as never)
          socket.conn.write(packed(frame(3), Buffer.from([3])) as never)
        })
      },
    )
    const ns = host.connect(transport).use(contract)
    const desk = ns.room('desk')
    const seen: number[][] = []
    desk.on('blob', (blob) => seen.push([...blob]))
    await desk.join()
    await vi.waitFor(() => expect(seen).toEqual([[1], [2], [3]]))
    expect(await ns.request('echo', input)).toEqual(input)
    expect(host.messages.map(isPacked)).toEqual([true])
    expect(host.handshakes[0]).toMatchObject({ bytes: 1, millrace: 1 })
  })

  test('[BYT21] go to any other server as attachments, also after one that reads packed messages', async () => {
    await using host = await startHost(
      (count) => (count === 1 ? { bytes: 1 } : {}),
      (socket) => socket.on('echo', () => host.handshakes.length === 1 && socket.conn.close()),
    )
    const ns = host.connect(transport).use(contract)
    const answer = ns.request('echo', input, { key: 'k' })
    expect(await answer).toEqual(input)
    await ns.request('echo', input)
    const sizes = host.messages.map(({ length }) => length)
    expect(isPacked(host.messages[0]!)).toBe(true)
    expect(sizes.slice(-3)).toEqual([3, 0, 300])
    expect(host.messages.slice(1).some(isPacked)).toBe(false)
  })
})

test('[BYT23] are what any Socket.IO client sends where the client was given no other packets', async () => {
  await using host = await startHost(() => ({ bytes: 1 }))
  const ns = host.connect('websocket', null).use(contract)
  expect(await ns.request('echo', input)).toEqual(input)
  expect(host.handshakes[0]).not.toHaveProperty('bytes')
  expect(host.messages.map(({ length }) => length)).toEqual([3, 0, 300])
})

test('[BYT20, BYT21] questions and their answers hold bytes', async () => {
  const asked: unknown[] = []
  await using host = await startHost(
    () => ({ bytes: 1 }),
    (socket) => void socket.emitWithAck('sign', Buffer.from([4])).then((answer) => asked.push(answer)),
  )
  const ns = host.connect().use(contract)
  ns.answer('sign', (blob) => new Uint8Array([...blob, 5]))
  await vi.waitFor(() => expect(asked).toEqual([{ ok: true, data: Buffer.from([4, 5]) }]))
  expect(host.messages[0]?.toString('latin1', 4, 12)).toBe('61-/lab,')
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a length beyond the end', Buffer.from([9, 0, 0, 0, 50])],
  ['text that is no packet', packed('what', Buffer.from([1]))],
  ['an attachment too many', packed('51-/lab,["x",{"_placeholder":true,"num":0}]', Buffer.from([1]), Buffer.from([2]))],
])('[BYT22] %s for a packed message ends the connection, and the client connects again', async (_what, message) => {
  await using host = await startHost(
    (count) => ({ count }),
    (socket) => host.handshakes.length === 1 && socket.conn.write(message as never),
  )
  const client = host.connect()
  const reasons: string[] = []
  client.onState((state) => state.state === 'waiting' && reasons.push(state.reason.message))
  const ns = client.use(contract)
  await client.connect()
  await vi.waitFor(() => expect(host.handshakes).toHaveLength(2))
  expect(await ns.request('echo', 1)).toBe(1)
  expect(reasons).toEqual(['parse error'])
})
