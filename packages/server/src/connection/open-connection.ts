import { fail, guardWire } from '@millrace/contract'
import type { Node } from '../node.ts'
import { runAuthenticate } from './authenticate.ts'
import { Connection, type Handshake, type TransportEnd } from './connection.ts'
import { watchExpiry } from './connections.ts'

const nothing = Object.freeze({})

/**
 * Authenticates one transport connection and counts it among the node's; the transport removes it when it ends.
 *
 * @throws MillraceError `INVALID_INPUT` or `PAYLOAD_TOO_LARGE` for its `auth`, `UNAUTHENTICATED`, `OVERLOADED`, `UNAVAILABLE`,
 *   `DISCONNECTED`, or what `authenticate` threw.
 */
export async function openConnection(node: Node, handshake: Handshake, transport: TransportEnd): Promise<Connection> {
  const { clock, limits, connections, revocation } = node
  const refusal = guardWire(handshake.auth, limits)
  if (refusal) throw refusal
  const attempt = revocation.begin()
  let leave: (() => void) | undefined
  try {
    leave = connections.enter(handshake.address)
    const { user, expiresAt } = await runAuthenticate(clock, limits.authenticateTimeoutMs, node.authenticate, handshake)
    if (!transport.isOpen()) throw fail('DISCONNECTED', 'the connection ended during authentication')
    const id = node.random.id()
    const client = handshake.auth.client
    const clientId = typeof client === 'string' && client.length > 0 && client.length <= 64 ? client : id
    const kept = expiresAt === Infinity ? withoutHeaders(handshake) : handshake
    const connection = new Connection(id, clientId, user, expiresAt, kept, transport)
    revocation.assertGood(attempt, user.id)
    connections.add(connection)
    watchExpiry(node, connection)
    return connection
  } catch (error) {
    leave?.()
    throw error
  } finally {
    revocation.end(attempt)
  }
}

/** Headers are most of what an idle connection holds; credentials that never end need none to be renewed with. */
function withoutHeaders(handshake: Handshake): Handshake {
  return { ...handshake, headers: nothing, query: nothing }
}
