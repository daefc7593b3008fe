import { fail } from '@millrace/contract'
import type { Socket } from 'socket.io'
import type { Connection, Handshake, TransportEnd } from '../connection/connection.ts'
import { openConnection } from '../connection/open-connection.ts'
import { acceptPeer, endPeer, welcomePeer } from '../connection/peer-life.ts'
import type { Peer } from '../connection/peer.ts'
import type { Maybe } from '../maybe.ts'
import type { Namespace } from '../namespace.ts'
import type { Node } from '../node.ts'
import { receive } from '../pipeline/receive.ts'
import { publicClientId } from './client-id.ts'
import { clientAddress } from './origins.ts'
import { readsPackedMessages } from './lenient-decoder.ts'
import type { SendPaths } from './send-path.ts'
import { SocketIoLink } from './socket-io-link.ts'
import { takeEvents, type EventTaker } from './take-events.ts'

const attempt = Symbol('authentication')

/** One engine.io connection is authenticated once, whatever the number of its namespaces. Kept on it: a map of all takes more. */
interface Attempted {
  [attempt]?: Maybe<Connection> | undefined
}

const connections = new WeakMap<Socket, Connection>()
/** Namespaces that an engine.io connection is on its way into. Socket.IO itself refuses those that it is in. */
const entering = new WeakMap<object, Set<string>>()

/** @throws MillraceError `FORBIDDEN`, or what `openConnection` throws. */
export async function authenticateSocket(node: Node, socket: Socket, trustProxy: boolean): Promise<void> {
  const { conn, nsp } = socket
  const names = entering.get(conn) ?? new Set()
  if (names.has(nsp.name))
    throw fail('FORBIDDEN', `this connection is on its way into ${nsp.name}; wait for the answer`)
  entering.set(conn, names.add(nsp.name))
  const attempted = conn as Socket['conn'] & Attempted
  const opening = attempted[attempt] ?? connect(node, socket, trustProxy)
  attempted[attempt] = opening
  try {
    const connection = await opening
    if (connection.isClosed) throw fail('DISCONNECTED', 'the connection ended during authentication')
    connections.set(socket, connection)
    attempted[attempt] = connection
  } catch (error) {
    if (attempted[attempt] === opening) attempted[attempt] = undefined
    throw error
  } finally {
    setImmediate(() => leaveEntrance(conn, names, nsp.name)) // Socket.IO knows of it by then
  }
}

function leaveEntrance(conn: object, names: Set<string>, name: string): void {
  names.delete(name)
  if (names.size === 0) entering.delete(conn)
}

class EngineEnd implements TransportEnd {
  readonly #conn: Socket['conn']

  constructor(conn: Socket['conn']) {
    this.#conn = conn
  }

  isOpen(): boolean {
    return this.#conn.readyState === 'open'
  }

  end(isStuck = false): void {
    this.#conn.close(isStuck)
  }
}

async function connect(node: Node, socket: Socket, trustProxy: boolean): Promise<Connection> {
  const { conn } = socket
  const connection = await openConnection(node, readHandshake(socket, trustProxy), new EngineEnd(conn))
  conn.on('close', () => node.connections.remove(connection))
  if (conn.readyState !== 'open') node.connections.remove(connection)
  return connection
}

function readHandshake(socket: Socket, trustProxy: boolean): Handshake {
  const { headers, query, auth, address, secure } = socket.handshake
  const proto = trustProxy ? headers['x-forwarded-proto'] : undefined
  return {
    headers,
    query,
    auth: { ...auth, client: publicClientId(auth.client) },
    address: clientAddress(trustProxy, address, headers['x-forwarded-for']),
    secure: secure || proto === 'https',
  }
}

/**
 * Makes the socket a peer: tells it who we are and hands its events to the pipeline.
 *
 * @returns Its connection; undefined where it was authenticated for none, and is disconnected.
 */
export function acceptSocket(
  node: Node,
  namespace: Namespace,
  socket: Socket,
  paths: SendPaths,
): Connection | undefined {
  const connection = connections.get(socket)
  if (connection === undefined) return void socket.disconnect()
  connections.delete(socket)
  const path = connection.handshake.auth.bytes === 1 ? paths.packed : paths.plain
  const link = new SocketIoLink(socket, node, path)
  const peer = acceptPeer(node, namespace, connection, link)
  takeEvents(socket, new PeerEvents(node, peer, socket), path.writesText ? link : undefined)
  socket.on('disconnect', (reason) => {
    void endPeer(node, peer, reason === 'client namespace disconnect' ? 'left' : 'closed')
  })
  welcomePeer(node, peer, readsPackedMessages(socket) ? { bytes: 1 } : {})
  return connection
}

class PeerEvents implements EventTaker {
  readonly #node: Node
  readonly #peer: Peer
  readonly #socket: Socket

  constructor(node: Node, peer: Peer, socket: Socket) {
    this.#node = node
    this.#peer = peer
    this.#socket = socket
  }

  /**
   * Events of an application that uses the namespace with plain Socket.IO as well pass by. `error` has a listener of
   * Socket.IO's own on every socket, and is no event that a client may send.
   */
  takes(name: unknown): boolean {
    if (typeof name !== 'string' || name === 'error' || this.#peer.namespace.requests.has(name)) return true
    return this.#socket.listenerCount(name) === 0
  }

  take(name: string, argument: unknown, acknowledge: (answer: unknown) => void): void {
    receive(this.#node, this.#peer, name, argument, acknowledge)
  }
}
