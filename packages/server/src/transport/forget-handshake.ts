import type { Server, Socket } from 'socket.io'
import type { Handshake } from '../connection/connection.ts'

/** Private parts of Socket.IO that tell which namespaces there are. */
interface Namespaces {
  readonly _nsps?: ReadonlyMap<string, { listenerCount(event: string): number }>
  readonly parentNsps?: ReadonlyMap<unknown, unknown>
}

const nothing = Object.freeze({})

/**
 * Lets go of the HTTP request and its headers, which are a fifth of what an idle connection holds. An application with
 * namespaces or connection listeners of its own keeps them: it may read `socket.request` and `socket.handshake`.
 *
 * @param auth What the connection keeps of it anyway.
 */
export function forgetHandshake(
  io: Server,
  socket: Socket,
  auth: Handshake['auth'],
  isMounted: (namespace: string) => boolean,
): void {
  if (socket.nsp.listenerCount('connection') > 1 || hasOwnNamespaces(io, isMounted)) return
  const { handshake } = socket
  const connection = { encrypted: handshake.secure } // Socket.IO reads it when the connection enters another namespace
  Object.assign(socket.conn, { request: { headers: nothing, url: '', method: 'GET', connection, _query: nothing } })
  Object.assign(handshake, { headers: nothing, query: nothing, url: '', time: '', auth })
}

/** Also true where it cannot be told. */
function hasOwnNamespaces(io: Server, isMounted: (namespace: string) => boolean): boolean {
  const { _nsps, parentNsps } = io as unknown as Namespaces
  if (_nsps === undefined || parentNsps === undefined || parentNsps.size > 0) return true
  for (const [name, namespace] of _nsps) {
    const isUnusedRoot =
      name === '/' && namespace.listenerCount('connection') + namespace.listenerCount('connect') === 0
    if (!isMounted(name) && !isUnusedRoot) return true
  }
  return false
}
