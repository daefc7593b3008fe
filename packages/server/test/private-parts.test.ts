import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Server, type Socket } from 'socket.io'
import { Decoder, Encoder, PacketType, type Packet } from 'socket.io-parser'
import { io as connect, type Socket as Client } from 'socket.io-client'
import { bufferedBytes } from '../src/transport/buffered-bytes.ts'
import { encodeForTransport, encodesAsText } from '../src/transport/encode-for-transport.ts'
import { LenientDecoder, readsPackedMessages } from '../src/transport/lenient-decoder.ts'
import { takeEvents, type EventTaker } from '../src/transport/take-events.ts'
import { createCounters } from '../src/counters.ts'
import { Flusher } from '../src/flusher.ts'
import { systemClock } from '../src/system-clock.ts'
import { SocketIoLink } from '../src/transport/socket-io-link.ts'
import { webSocketFrame } from '../src/transport/web-socket-frame.ts'

// Each of these fails when an upgrade changes a private part of Socket.IO, engine.io or ws that the transport uses.
let http: HttpServer
let io: Server

beforeEach(async () => {
  http = createServer()
  io = new Server(http)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  await io.close()
})

async function open(transport: string): Promise<{ socket: Socket; client: Client }> {
  const accepted = new Promise<Socket>((resolve) => io.once('connection', resolve))
  const client = connect(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, {
    transports: [transport],
    forceNew: true,
    reconnection: false,
  })
  return { socket: await accepted, client }
}

function linkOf(socket: Socket): SocketIoLink {
  const node = { counters: createCounters(), flusher: new Flusher(systemClock, () => undefined) }
  return new SocketIoLink(socket, node, { writesText: true, finishedFrames: true, packsBytes: false })
}

function next(client: Client, event: string): Promise<unknown> {
  return new Promise((resolve) => client.once(event, resolve))
}

/** A frame that says something else than the text beside it tells which of the two was sent. */
function writeBoth({ conn }: Socket): void {
  const frame = webSocketFrame('2["heard","frame"]')
  conn.write('2["heard","text"]', { wsPreEncodedFrame: [frame] } as Parameters<typeof conn.write>[1])
}

describe('private parts of the libraries', () => {
  it('[CNX39] engine.io writes a finished frame over WebSocket, and the text over long-polling', async () => {
    for (const [transport, sent] of [
      ['websocket', 'frame'],
      ['polling', 'text'],
    ] as const) {
      const { socket, client } = await open(transport)
      const heard = next(client, 'heard')
      writeBoth(socket)
      expect([transport, await heard]).toEqual([transport, sent])
      client.disconnect()
    }
  })

  it('[CNX40] bytes that wait in ws and in engine.io are counted, and are gone when the client has read them', async () => {
    const { socket, client } = await open('websocket')
    expect(bufferedBytes(socket.conn)).toBe(0)
    const received = next(client, 'last')
    for (let index = 0; index < 64; index++) socket.emit('big', 'x'.repeat(1_000_000))
    expect(bufferedBytes(socket.conn)).toBeGreaterThan(32_000_000)
    socket.emit('last', 1)
    await received
    // The client's acknowledgement comes after the server's socket has been told that everything was written.
    await new Promise((resolve) => {
      socket.once('read', resolve)
      client.emit('read')
    })
    expect(bufferedBytes(socket.conn)).toBeLessThan(1_000)
    client.disconnect()
  })

  it('[CNX40] of a long-polling client, what waits in engine.io is counted', async () => {
    const { socket, client } = await open('polling')
    for (let index = 0; index < 3; index++) socket.emit('big', 'x'.repeat(1_000_000))
    expect(bufferedBytes(socket.conn)).toBeGreaterThan(1_000_000)
    client.disconnect()
  })

  it('[CNX40] where the private parts are missing, nothing is counted and nothing thrown', () => {
    for (const conn of [
      {},
      { writeBuffer: 7, transport: null },
      { writeBuffer: [{}, { data: undefined }], transport: { socket: { bufferedAmount: '1' } } },
    ]) {
      expect(bufferedBytes(conn)).toBe(0)
    }
  })

  it('[CNX41] events are taken at the entry of the socket, before its middleware sees them; the others pass by', async () => {
    const { socket, client } = await open('websocket')
    const seen: unknown[] = []
    const taker: EventTaker = {
      takes: (name) => name === 'ours',
      take: (name, argument, acknowledge) => acknowledge({ name, argument }),
    }
    takeEvents(socket, taker, linkOf(socket))
    socket.use(([name], pass) => {
      seen.push(name)
      pass()
    })
    socket.on('theirs', (argument: unknown, acknowledge: (answer: unknown) => void) => acknowledge(argument))
    expect(await client.emitWithAck('ours', 7)).toEqual({ name: 'ours', argument: 7 })
    expect(await client.emitWithAck('ours')).toEqual({ name: 'ours' })
    expect(await client.emitWithAck('theirs', 8)).toBe(8)
    expect(seen).toEqual(['theirs'])
    client.disconnect()
  })

  it("[BYT6] a socket tells of its connection's decoder whether it reads packed messages", async () => {
    const { socket, client } = await open('websocket')
    expect(readsPackedMessages(socket)).toBe(false)
    client.disconnect()
    await io.close()
    http = createServer()
    io = new Server(http, { parser: { Encoder, Decoder: LenientDecoder } })
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const ours = await open('websocket')
    expect(readsPackedMessages(ours.socket)).toBe(true)
    ours.client.disconnect()
  })

  it('[CNX42] the default decoder says "invalid payload" of a reserved name; ours hands it on as ~invalid, with its acknowledgement', () => {
    const decode = (decoder: Decoder, text: string): unknown => {
      const packets: Packet[] = []
      decoder.on('decoded', (packet: Packet) => packets.push(packet))
      decoder.add(text)
      return packets[0]
    }
    for (const name of ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']) {
      expect(() => decode(new Decoder(), `2/lab,7["${name}",1]`)).toThrow(/^invalid payload$/)
      expect(decode(new LenientDecoder(), `2/lab,7["${name}",1]`)).toEqual({
        type: PacketType.EVENT,
        nsp: '/lab',
        id: 7,
        data: ['~invalid'],
      })
    }
    expect(decode(new LenientDecoder(), '2{}')).toEqual({ type: PacketType.EVENT, nsp: '/', data: ['~invalid'] })
    expect(decode(new LenientDecoder(), '2/lab,3["fine",{"a":1}]')).toEqual(
      decode(new Decoder(), '2/lab,3["fine",{"a":1}]'),
    )
    for (const broken of ['9', '1["x"]', '3/lab,1{}']) {
      expect(() => decode(new Decoder(), broken)).toThrow()
      expect(() => decode(new LenientDecoder(), broken)).toThrow()
    }
  })

  it('[CNX39] our text is what the default encoder writes, and an encoder that writes anything else is noticed', () => {
    const bytes = Buffer.from([1, 2])
    for (const nsp of ['/', '/lab']) {
      expect(new Encoder().encode({ type: PacketType.EVENT, nsp, data: ['e', { a: [1, 'é'] }] })).toEqual([
        encodeForTransport(nsp, { body: '["e",{"a":[1,"é"]}]', attachments: [] }).text,
      ])
      const { text, attachments } = encodeForTransport(nsp, {
        body: '["e",{"_placeholder":true,"num":0}]',
        attachments: [bytes],
      })
      expect(new Encoder().encode({ type: PacketType.EVENT, nsp, data: ['e', bytes] })).toEqual([text, ...attachments])
    }
    expect(encodesAsText(new Encoder())).toBe(true)
    for (const encode of [(packet: object) => [JSON.stringify(packet)], () => [Buffer.from('x')], () => []])
      expect(encodesAsText({ encode })).toBe(false)
  })
})
