import type { Quote } from '../payload.ts'
import type { Charts } from './contender.ts'
import { chartRoom } from './room-kind.ts'
import type { SocketIoServer, ViewAnswer, ViewQuery } from './socket-io-application.ts'

/** Charts by hand, without a thought: every point is kept and sent. */
export class RawCharts implements Charts {
  readonly #io: SocketIoServer
  /** Per key time, value, time, value.. */
  readonly #points = new Map<string, number[]>()

  constructor(io: SocketIoServer) {
    this.#io = io
    io.on('connection', (socket) => socket.on('view', (query, ack) => ack({ ok: true, data: this.#view(query) })))
  }

  store(key: string, at: number, value: number): void {
    const points = this.#points.get(key)
    if (points === undefined) this.#points.set(key, [at, value])
    else points.push(at, value)
  }

  append(quote: Quote): void {
    this.store(quote.key, Date.now(), quote.value)
    this.#io.to(chartRoom).emit('message', quote)
  }

  #view({ keys, from, to }: ViewQuery): ViewAnswer {
    const found = keys.map((key) => {
      const points = this.#points.get(key) ?? []
      const inside: number[] = []
      for (let index = 0; index < points.length; index += 2) {
        const [at = 0, value = 0] = [points[index], points[index + 1]]
        if (at >= from && at <= to) inside.push(at, value)
      }
      return Float64Array.from(inside)
    })
    return { counts: found.map(({ length }) => length / 2), data: Buffer.concat(found.map(bytesOf)) }
  }
}

function bytesOf({ buffer }: Float64Array): Uint8Array {
  return new Uint8Array(buffer)
}
