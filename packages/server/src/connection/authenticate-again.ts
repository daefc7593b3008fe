import { closeReason, fail, guardWire } from '@millrace/contract'
import type { Node } from '../node.ts'
import { isRecord } from '../pipeline/wire-input.ts'
import { runAuthenticate } from './authenticate.ts'
import { watchExpiry } from './connections.ts'
import type { Peer } from './peer.ts'

/**
 * `~auth`: new credentials on a living connection. They must be the same user's; another user's end the connection.
 *
 * @throws MillraceError `UNAUTHENTICATED` or `FORBIDDEN`.
 */
export async function authenticateAgain(node: Node, peer: Peer, argument: unknown): Promise<void> {
  if (!isRecord(argument) || !isRecord(argument.auth)) throw fail('INVALID_INPUT', '~auth takes { auth: { ... } }')
  const refusal = guardWire(argument, node.limits)
  if (refusal) throw refusal
  const { connection } = peer
  const { client, millrace, bytes } = connection.handshake.auth
  const handshake = { ...connection.handshake, auth: { ...argument.auth, client, millrace, bytes } }
  const { user, expiresAt } = await runAuthenticate(
    node.clock,
    node.limits.authenticateTimeoutMs,
    node.authenticate,
    handshake,
  )
  if (user.id !== connection.user.id) {
    node.clock.defer(() => connection.close(closeReason('FORBIDDEN'))) // after the answer
    throw fail('FORBIDDEN', 'these credentials belong to another user; connect anew')
  }
  if (connection.isRevoked) throw fail('UNAUTHENTICATED', 'the session was revoked; sign in again')
  connection.user = user
  connection.expiresAt = expiresAt
  connection.handshake = handshake
  watchExpiry(node, connection)
}
