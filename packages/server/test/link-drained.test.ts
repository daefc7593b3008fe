import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { Server, type Socket } from 'socket.io'
import { WebSocket } from 'ws'
import { createCounters } from '../src/counters.ts'
import { Flusher } from '../src/flusher.ts'
import { systemClock } from '../src/system-clock.ts'
import { SocketIoLink } from '../src/transport/socket-io-link.ts'

it('[CNX45] a connection that is closing and still has something to send has not drained until it is closed', async () => {
  const http = createServer()
  const io = new Server(http)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const accepted = new Promise<Socket>((resolve) => io.once('connection', resolve))
  const { port } = http.address() as AddressInfo
  const client = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`)
  client.on('open', () => client.send('40'))
  const socket = await accepted
  client.pause()
  socket.emit('big', 'x'.repeat(64_000_000)) // more than the system takes, so that the next one waits in engine.io
  socket.emit('next', 1)
  socket.conn.close()
  const node = { counters: createCounters(), flusher: new Flusher(systemClock, () => undefined) }
  const link = new SocketIoLink(socket, node, { writesText: true, finishedFrames: true, packsBytes: false })
  expect(link.bufferedBytes()).toBeGreaterThan(32_000_000)
  const order: string[] = []
  socket.conn.on('close', () => order.push('closed'))
  const drained = link.drained().then(() => order.push('drained'))
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(order).toEqual([])
  client.resume()
  await drained
  client.terminate()
  await io.close()
})
