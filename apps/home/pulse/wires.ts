import type { Server } from '@millrace/server'
import { guestOf } from './guest.ts'

type SocketIo = Pick<Server['io'], 'of'>

/**
 * Cuts connections as a pulled cable does: TCP is reset, and no word of Socket.IO or WebSocket goes before.
 * Reads sockets of Socket.IO, since a contract's connections can only be closed politely.
 */
export class Wires {
  readonly #namespace: ReturnType<SocketIo['of']>

  /** @param namespace Of a contract that is mounted. Made before `listen`, so that Socket.IO keeps the request of each. */
  constructor(io: SocketIo, namespace: string) {
    this.#namespace = io.of(namespace).on('connection', ignore)
  }

  cut(guestId: string): void {
    for (const { handshake, request, conn } of this.#namespace.sockets.values()) {
      if (guestOf(handshake)?.user.id !== guestId) continue
      request.socket.resetAndDestroy()
      // Long-polling has no connection that lasts.
      if (conn.transport.name === 'polling') conn.close(true)
    }
  }
}

function ignore(): void {}
