import { fail, wireNames, type WireHello } from '@millrace/contract'
import type { Socket } from 'socket.io'
import { runAuthenticate } from '../connection/authenticate.ts'
import { Connection, type Handshake } from '../connection/connection.ts'
import { ConnectionHandle } from '../connection/connection-handle.ts'
import { watchExpiry } from '../connection/connections.ts'
import { Peer } from '../connection/peer.ts'
import type { Namespace } from '../namespace.ts'
import type { Node } from '../node.ts'
import { receive } from '../pipeline/receive.ts'
import { clientAddress } from './origins.ts'
import { SocketIoLink } from './socket-io-link.ts'

/** One engine.io connection is authenticated once, whatever the number of its namespaces. */
const connecting = new WeakMap<object, Promise<Connection>>()
const connections = new WeakMap<Socket, Connection>()

/** @throws MillraceError `UNAUTHENTICATED`, `OVERLOADED`, `UNAVAILABLE`, or what `authenticate` threw. */
export async function authenticateSocket(node: Node, socket: Socket, trustProxy: boolean): Promise<void> {
  const { conn } = socket
  const attempt = connecting.get(conn) ?? connect(node, socket, trustProxy)
  connecting.set(conn, attempt)
  try {
    const connection = await attempt
    if (connection.isClosed) throw fail('DISCONNECTED', 'the connection ended during authentication')
    connections.set(socket, connection)
  } catch (error) {
    if (connecting.get(conn) === attempt) connecting.delete(conn)
    throw error
  }
}

async function connect(node: Node, socket: Socket, trustProxy: boolean): Promise<Connection> {
  const handshake = readHandshake(socket, trustProxy)
  const { user, expiresAt } = await runAuthenticate(
    node.clock,
    node.limits.authenticateTimeoutMs,
    node.authenticate,
    handshake,
  )
  const id = node.random.id()
  const client = handshake.auth.client
  const clientId = typeof client === 'string' && client.length > 0 && client.length <= 64 ? client : id
  const connection = new Connection(id, clientId, user, expiresAt, handshake)
  if (socket.conn.readyState !== 'open') throw fail('DISCONNECTED', 'the connection ended during authentication')
  node.connections.add(connection)
  socket.conn.once('close', () => node.connections.remove(connection))
  watchExpiry(node, connection)
  return connection
}

function readHandshake(socket: Socket, trustProxy: boolean): Handshake {
  const { headers, query, auth, address, secure } = socket.handshake
  const proto = trustProxy ? headers['x-forwarded-proto'] : undefined
  return {
    headers,
    query,
    auth,
    address: clientAddress(trustProxy, address, headers['x-forwarded-for']),
    secure: secure || proto === 'https',
  }
}

/** Makes the socket a peer: tells it who we are and hands its events to the pipeline. */
export function acceptSocket(node: Node, namespace: Namespace, socket: Socket, writesText: boolean): void {
  const connection = connections.get(socket)
  if (connection === undefined) return void socket.disconnect()
  const peer = new Peer(
    connection,
    namespace,
    new SocketIoLink(socket, writesText),
    connection.handshake.auth.millrace === 1,
  )
  connection.peers.set(namespace.name, peer)
  node.users.add(peer)
  socket.use((event, next) => {
    const [name, argument, ...rest] = event as unknown[]
    if (!isOurs(namespace, socket, name)) return next()
    const last = rest.length > 0 ? rest[rest.length - 1] : argument
    const acknowledge = typeof last === 'function' ? (last as (answer: unknown) => void) : undefined
    receive(node, peer, String(name), argument === acknowledge ? undefined : argument, (answer) =>
      acknowledge?.(answer),
    )
  })
  socket.on('disconnect', (reason) => void disconnected(node, peer, reason))
  peer.link.send(wireNames.hello, hello(node, peer))
  void hook(node, peer, namespace.handlers.onConnect)
}

/** Events of an application that uses the namespace with plain Socket.IO as well pass by. */
function isOurs(namespace: Namespace, socket: Socket, name: unknown): boolean {
  return typeof name !== 'string' || namespace.requests.has(name) || socket.listenerCount(name) === 0
}

function hello(node: Node, peer: Peer): WireHello {
  const { limits, clock, id } = node
  const { maxPayloadBytes } = limits
  return {
    node: id,
    connection: peer.connection.id,
    at: clock.now(),
    maxPayloadBytes,
    fingerprint: peer.namespace.fingerprint,
  }
}

async function disconnected(node: Node, peer: Peer, reason: string): Promise<void> {
  peer.markClosed()
  node.users.remove(peer)
  peer.connection.peers.delete(peer.namespace.name)
  const leaveReason = reason === 'client namespace disconnect' ? 'left' : 'closed'
  await Promise.all([...peer.members.values()].map((member) => node.rooms.leave(member, leaveReason)))
  await hook(node, peer, peer.namespace.handlers.onDisconnect)
}

type ConnectHook = NonNullable<Namespace['handlers']['onConnect']>

async function hook(node: Node, peer: Peer, run: ConnectHook | undefined): Promise<void> {
  try {
    await run?.({ connection: new ConnectionHandle(peer, node.limits), user: peer.connection.user })
  } catch (error) {
    node.report(error)
  }
}
