import { closeReason, wireNames, type WireHello } from '@millrace/contract'
import type { Namespace } from '../namespace.ts'
import type { Node } from '../node.ts'
import type { Connection } from './connection.ts'
import { ConnectionHandle } from './connection-handle.ts'
import type { Link } from './link.ts'
import { Peer } from './peer.ts'

/** Makes a connection a peer of a namespace. Welcome it once its events and its end are listened to. */
export function acceptPeer(node: Node, namespace: Namespace, connection: Connection, link: Link): Peer {
  const peer = new Peer(connection, namespace, link, connection.handshake.auth.millrace === 1)
  connection.peers = [...connection.peers, peer]
  node.users.add(peer)
  return peer
}

/**
 * Tells the client who we are; requests may follow.
 *
 * @param transport What its transport adds.
 */
export function welcomePeer(node: Node, peer: Peer, transport: Pick<WireHello, 'bytes'> = {}): void {
  if (peer.connection.isRevoked) return endRevoked(node, peer.connection)
  peer.link.send(wireNames.hello, { ...hello(node, peer), ...transport })
  void hook(node, peer, peer.namespace.handlers.onConnect)
}

/**
 * The connection left the namespace, or is gone.
 *
 * @param reason `left` where the client said so; after `closed` its presence stays for the grace.
 */
export async function endPeer(node: Node, peer: Peer, reason: 'left' | 'closed'): Promise<void> {
  if (peer.isClosed) return
  peer.markClosed()
  node.handling.begin()
  node.users.remove(peer)
  const { connection } = peer
  connection.peers = connection.peers.filter((other) => other !== peer)
  const how = reason === 'closed' && connection.isMoved ? 'moved' : reason
  await Promise.all([...peer.members.values()].map((member) => node.rooms.leave(member, how)))
  await hook(node, peer, peer.namespace.handlers.onDisconnect)
  node.handling.end()
}

/** Nothing that it sends is taken any more, and it is gone for everybody else before its transport is. */
export function endRevoked(node: Node, connection: Connection): void {
  connection.isRevoked = true
  connection.takesNoMore = true
  const { peers } = connection
  connection.close(closeReason('REVOKED'))
  for (const peer of peers) void endPeer(node, peer, 'left')
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

type ConnectHook = NonNullable<Namespace['handlers']['onConnect']>

async function hook(node: Node, peer: Peer, run: ConnectHook | undefined): Promise<void> {
  try {
    await run?.({ connection: new ConnectionHandle(peer, node), user: peer.connection.user })
  } catch (error) {
    node.report(error)
  }
}
