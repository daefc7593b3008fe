import { createServer } from 'node:http'
import { Server } from 'socket.io'
import type { Payload, Quote } from '../payload.ts'
import type { Contender } from './contender.ts'
import { quoteRoom } from './room-kind.ts'
import type { SocketIoServer } from './socket-io-application.ts'
import { socketIoContender, type Sending } from './socket-io-contender.ts'

const batchMs = 10
/** 60 times a second. */
const quotesMs = 16

/** Socket.IO as it comes, in an application that gathers: arrays of events, and the newest of each key in one object. */
export function startSocketIoByHand(): Promise<Contender> {
  const server = createServer()
  const io: SocketIoServer = new Server(server)
  return socketIoContender(server, io, gather(io))
}

function gather(io: SocketIoServer): Sending {
  const batches = new Map<string, Payload[]>()
  let quotes: Record<string, Quote> = {}
  let areQuotesDue = false

  function sendBatch(room: string): void {
    const batch = batches.get(room) ?? []
    batches.delete(room)
    io.to(room).emit('messages', batch)
  }

  function sendQuotes(): void {
    io.to(quoteRoom).emit('quotes', quotes)
    quotes = {}
    areQuotesDue = false
  }

  return {
    publish(room, payload) {
      const batch = batches.get(room)
      if (batch !== undefined) return void batch.push(payload)
      batches.set(room, [payload])
      setTimeout(sendBatch, batchMs, room)
    },
    quote(quote) {
      quotes[quote.key] = quote
      if (areQuotesDue) return
      areQuotesDue = true
      setTimeout(sendQuotes, quotesMs)
    },
  }
}
