import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface Caller {
  readonly socket: Socket
  readonly pieces: string[]
  /** Undefined while the connection stands. */
  readonly end: () => string | undefined
}

/** A connection that has come to be, and what it heard. */
export async function callTcp(port: number): Promise<Caller> {
  const socket = connect(port, '127.0.0.1')
  const pieces: string[] = []
  let end: string | undefined
  socket.on('data', (data) => pieces.push(String(data)))
  socket.on('error', (error: NodeJS.ErrnoException) => (end = error.code)).on('close', () => (end ??= 'closed'))
  await once(socket, 'connect')
  return { socket, pieces, end: () => end }
}
