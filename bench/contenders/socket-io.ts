import { createServer } from 'node:http'
import { Server } from 'socket.io'
import type { Contender } from './contender.ts'
import { RawCharts } from './raw-charts.ts'
import type { SocketIoServer } from './socket-io-application.ts'
import { socketIoContender } from './socket-io-contender.ts'

/** Socket.IO as it comes. Whoever views a chart is sent every point of it. */
export async function startSocketIo(): Promise<Contender> {
  const server = createServer()
  const io: SocketIoServer = new Server(server)
  const charts = new RawCharts(io)
  return { ...(await socketIoContender(server, io)), charts }
}
