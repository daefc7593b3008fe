import type { DefaultEventsMap, Server } from 'socket.io'
import type { Payload, Quote } from '../payload.ts'
import { usersByToken, type User } from '../users.ts'

interface SocketData {
  user: User
}

export type SocketIoServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>

interface ClientEvents {
  join(room: string, ack: (answer: { ok: true }) => void): void
  view(query: ViewQuery, ack: (answer: { ok: true; data: ViewAnswer }) => void): void
  echo(input: Payload, ack: (answer: { ok: true; data: Payload }) => void): void
}

export interface ViewQuery {
  readonly keys: readonly string[]
  readonly from: number
  readonly to: number
}

export interface ViewAnswer {
  /** Points per key. */
  readonly counts: readonly number[]
  /** Time, value, time, value.. as 64 bit floats. */
  readonly data: Buffer
}

interface ServerEvents {
  message(payload: Payload | Quote): void
  /** What was gathered by hand. */
  messages(payloads: readonly Payload[]): void
  quotes(byKey: Readonly<Record<string, Quote>>): void
}

/** What all Socket.IO contenders serve: an authenticated echo and rooms that are joined by a request. */
export function serveSocketIo(io: SocketIoServer): void {
  io.use((socket, next) => {
    const user = usersByToken.get(String(socket.handshake.auth['token']))
    if (!user) return next(new Error('unknown token; send one of the bench'))
    socket.data.user = user
    next()
  })
  io.on('connection', (socket) => {
    socket.on('join', (room, ack) => {
      void socket.join(room)
      ack({ ok: true })
    })
    socket.on('echo', (input, ack) => ack({ ok: true, data: input }))
  })
}
