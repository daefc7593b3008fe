import type { WebSocket } from 'ws'
import type { DocumentContender } from './document-contender.ts'
import { openDocumentSockets } from './document-sockets.ts'

/** The lower bound of a server that sends each update to each other client by `ws`: it reads nothing and keeps nothing. */
export async function startRelay(): Promise<DocumentContender> {
  const rooms = new Map<string, Set<WebSocket>>()
  const sockets = await openDocumentSockets((socket, document) => {
    const room = rooms.get(document) ?? new Set()
    rooms.set(document, room.add(socket))
    socket.on('message', (message) => {
      for (const other of room) if (other !== socket) other.send(message)
    })
    socket.once('close', () => {
      room.delete(socket)
      if (room.size === 0) rooms.delete(document)
    })
    socket.send('') // it is in
  })
  return {
    port: sockets.port,
    store: () => Promise.reject(new Error('a relay keeps nothing')),
    [Symbol.asyncDispose]: () => sockets[Symbol.asyncDispose](),
  }
}
