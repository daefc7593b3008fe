import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Payload } from '../payload.ts'
import { usersByToken } from '../users.ts'
import type { Contender } from './contender.ts'
import { listen } from './listen.ts'
import { quoteRoom } from './room-kind.ts'

type Message =
  | { readonly t: 'join'; readonly id: number; readonly room: string }
  | { readonly t: 'echo'; readonly id: number; readonly input: Payload }

/** Socket.IO's own interval. */
const pingIntervalMs = 25_000

/** The lower bound: `ws`, rooms as sets, and a broadcast that is encoded once. It recovers nothing and checks nothing. */
export async function startWs(): Promise<Contender> {
  const server = createServer()
  const sockets = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: true })
  const rooms = new Map<string, Set<WebSocket>>()
  sockets.on('connection', (socket, request) => {
    if (!usersByToken.has(tokenOf(request))) return socket.close(4401, 'unknown token')
    socket.on('message', (data: Buffer) => receive(socket, JSON.parse(data.toString()) as Message))
  })
  const pings = setInterval(() => {
    for (const socket of sockets.clients) socket.ping()
  }, pingIntervalMs)

  function receive(socket: WebSocket, message: Message): void {
    if (message.t === 'join') join(socket, message.room)
    const data = message.t === 'echo' ? message.input : undefined
    socket.send(JSON.stringify({ t: 'ack', id: message.id, ok: true, data }))
  }

  function join(socket: WebSocket, name: string): void {
    const room = rooms.get(name) ?? new Set()
    rooms.set(name, room.add(socket))
    socket.once('close', () => {
      room.delete(socket)
      if (room.size === 0) rooms.delete(name)
    })
  }

  function publish(room: string, payload: Payload): void {
    const text = Buffer.from(JSON.stringify({ t: 'message', data: payload }))
    for (const socket of rooms.get(room) ?? []) socket.send(text, { binary: false })
  }

  return {
    port: await listen(server),
    publish,
    quote: (quote) => publish(quoteRoom, quote),
    bufferedBytes: () => [...sockets.clients].map((socket) => socket.bufferedAmount),
    async [Symbol.asyncDispose]() {
      clearInterval(pings)
      for (const socket of sockets.clients) socket.terminate()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}

function tokenOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://bench').searchParams.get('token') ?? ''
}
