import { fail } from '@millrace/contract'
import type { Node } from '../node.ts'
import { runAuthenticate } from './authenticate.ts'
import { Connection, type Handshake } from './connection.ts'
import { watchExpiry } from './connections.ts'

/**
 * Authenticates one transport connection and counts it among the node's; the transport removes it when it ends.
 *
 * @param isOpen Whether the transport still lives; asked after the authentication.
 * @throws MillraceError `UNAUTHENTICATED`, `OVERLOADED`, `UNAVAILABLE`, `DISCONNECTED`, or what `authenticate` threw.
 */
export async function openConnection(node: Node, handshake: Handshake, isOpen: () => boolean): Promise<Connection> {
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
  if (!isOpen()) throw fail('DISCONNECTED', 'the connection ended during authentication')
  node.connections.add(connection)
  watchExpiry(node, connection)
  return connection
}
