import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { Server, type Socket } from 'socket.io'
import { io as connect, type ManagerOptions, type Socket as Client } from 'socket.io-client'
import { DirectPath } from '../src/transport/direct-path.ts'
import { createCounters } from '../src/counters.ts'
import { Flusher } from '../src/flusher.ts'
import { systemClock } from '../src/system-clock.ts'
import { SocketIoLink } from '../src/transport/socket-io-link.ts'
import { onceTcpDrained, writeMessage } from '../src/transport/write-message.ts'

interface Line extends AsyncDisposable {
  readonly socket: Socket
  readonly client: Client
  readonly link: SocketIoLink
  /** Packets that engine.io has handled. */
  readonly ordinary: unknown[]
  /** What the client heard under the name `n`, once `count` events came. */
  heard(count: number): Promise<unknown[]>
}

async function openLine(client: Partial<ManagerOptions> = {}, server: object = {}): Promise<Line> {
  const http = createServer()
  const io = new Server(http, server)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const accepted = new Promise<Socket>((resolve) => io.once('connection', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const end = connect(url, { transports: ['websocket'], forceNew: true, reconnection: false, ...client })
  const socket = await accepted
  const ordinary: unknown[] = []
  const heard: unknown[] = []
  let wake = (): void => {}
  end.on('n', (value: unknown) => {
    heard.push(value)
    wake()
  })
  await new Promise<void>((resolve) => (end.connected ? resolve() : end.once('connect', resolve)))
  socket.conn.on('packetCreate', ({ data }: { data: unknown }) => ordinary.push(data))
  const node = { counters: createCounters(), flusher: new Flusher(systemClock, () => undefined) }
  return {
    socket,
    client: end,
    link: new SocketIoLink(socket, node, { writesText: true, finishedFrames: true, packsBytes: false }),
    ordinary,
    async heard(count) {
      while (heard.length < count) await new Promise<void>((resolve) => (wake = resolve))
      return heard
    },
    async [Symbol.asyncDispose]() {
      end.disconnect()
      await io.close()
    },
  }
}

function write({ link }: Line, value: number | string): void {
  link.write({ body: JSON.stringify(['n', value]), attachments: [] }, true)
}

describe('finished frames', () => {
  it('[CNX44] go past engine.io to the TCP socket where nothing waits before them', async () => {
    await using line = await openLine()
    write(line, 1)
    expect(line.ordinary).toEqual([])
    expect(await line.heard(1)).toEqual([1])
  })

  it('[CNX44] keep the order among packets that engine.io sends', async () => {
    await using line = await openLine()
    const numbers = Array.from({ length: 300 }, (_, index) => index)
    for (const number of numbers) {
      if (number % 3 === 0) line.socket.emit('n', number)
      else write(line, number)
    }
    expect(await line.heard(300)).toEqual(numbers)
    expect(line.ordinary.length).toBeGreaterThan(100)
    expect(line.ordinary.length).toBeLessThan(300)
  })

  it('[CNX44] keep the order through an upgrade from long-polling, and never leave while it is under way', async () => {
    await using line = await openLine({ transports: ['polling', 'websocket'] })
    const upgraded = new Promise<void>((resolve) => line.socket.conn.once('upgrade', () => resolve()))
    let next = 0
    let isUpgraded = false
    upgraded.then(
      () => (isUpgraded = true),
      () => undefined,
    )
    while (!isUpgraded) {
      const before = line.ordinary.length
      const wasWebSocket = line.socket.conn.transport.name === 'websocket'
      write(line, next++)
      if (!wasWebSocket) expect(line.ordinary.length).toBe(before + 1)
      await new Promise((resolve) => setImmediate(resolve))
    }
    for (let rest = 0; rest < 50; rest++) write(line, next++)
    expect(await line.heard(next)).toEqual(Array.from({ length: next }, (_, index) => index))
  })

  it('[CNX44] are left to engine.io over long-polling, with deflate, and where a private part is missing', async () => {
    for (const [client, server] of [
      [{ transports: ['polling'] }, {}],
      [{}, { perMessageDeflate: { threshold: 0 } }],
    ] as const) {
      await using line = await openLine(client as Partial<ManagerOptions>, server)
      write(line, 7)
      expect(line.ordinary).toEqual(['2["n",7]'])
      expect(await line.heard(1)).toEqual([7])
    }
    const written: unknown[] = []
    for (const parts of [
      {},
      { readyState: 'open', upgrading: false, writeBuffer: [], transport: { name: 'websocket', socket: {} } },
    ]) {
      const conn = { ...parts, write: (text: string) => written.push(text) } as never
      writeMessage(conn, { message: 'text', frame: Buffer.from('frame') }, DirectPath.of(conn))
    }
    expect(written).toEqual(['text', 'text'])
  })

  it('[CNX44] are not written to a WebSocket that is closing', async () => {
    await using line = await openLine()
    const closed = new Promise<string>((resolve) => line.client.once('disconnect', resolve))
    line.socket.conn.close()
    write(line, 1)
    expect(await closed).toBe('transport close')
    expect(line.client.connected).toBe(false)
  })

  it('[CNX45] the end of what waits in the TCP socket is told', async () => {
    await using line = await openLine()
    const drained = new Promise<void>((resolve) => onceTcpDrained(line.socket.conn, resolve))
    write(line, 'x'.repeat(8_000_000))
    expect(line.ordinary).toEqual([])
    await drained
    await line.heard(1)
  })
})
