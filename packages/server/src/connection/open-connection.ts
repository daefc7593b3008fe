import { fail, guardWire } from '@millrace/contract'
import type { Node } from '../node.ts'
import { runAuthenticate } from './authenticate.ts'
import { Connection, type Handshake } from './connection.ts'
import { watchExpiry } from './connections.ts'

/** What a connection needs of its transport. */
export interface TransportEnd {
  isOpen(): boolean
  /** Ends it after what was written has left. Idempotent. */
  end(): void
}

/**
 * Authenticates one transport connection and counts it among the node's; the transport removes it when it ends.
 *
 * @throws MillraceError `INVALID_INPUT` or `PAYLOAD_TOO_LARGE` for its `auth`, `UNAUTHENTICATED`, `OVERLOADED`, `UNAVAILABLE`,
 *   `DISCONNECTED`, or what `authenticate` threw.
 */
export async function openConnection(node: Node, handshake: Handshake, transport: TransportEnd): Promise<Connection> {
  const { clock, limits, connections } = node
  const refusal = guardWire(handshake.auth, limits)
  if (refusal) throw refusal
  const leave = connections.enter(handshake.address)
  try {
    const { user, expiresAt } = await runAuthenticate(clock, limits.authenticateTimeoutMs, node.authenticate, handshake)
    if (!transport.isOpen()) throw fail('DISCONNECTED', 'the connection ended during authentication')
    const id = node.random.id()
    const client = handshake.auth.client
    const clientId = typeof client === 'string' && client.length > 0 && client.length <= 64 ? client : id
    const connection = new Connection(id, clientId, user, expiresAt, handshake, () => transport.end())
    connections.add(connection)
    watchExpiry(node, connection)
    return connection
  } catch (error) {
    leave()
    throw error
  }
}
