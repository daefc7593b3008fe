import { createHash } from 'node:crypto'

/** Longer ids are refused; the client's own has 11 characters. */
const maxLength = 64

/**
 * The public form of the id that a client gave itself, 22 characters. Members of a room see it as the id of a presence meta,
 * so the id itself, which lets a client take over its own presence and guest identity, must not be told from it.
 */
export function publicClientId(client: unknown): string | undefined {
  if (typeof client !== 'string' || client.length === 0 || client.length > maxLength) return undefined
  return createHash('sha256').update(client).digest('base64url').slice(0, 22)
}
