import { createHash } from 'node:crypto'
import { fail } from '@millrace/contract'
import type { Authenticated, Handshake } from '@millrace/server'
import { z } from 'zod'

export interface User {
  readonly id: string
  readonly name: string
}

const Secret = z.string().regex(/^[\w-]{32,128}$/)

/** Line breaks, other control characters, and those that would turn the text around the name. */
const troublesome = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u
const Name = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .refine((name) => !troublesome.test(name))

/**
 * Nobody has a password here. A browser keeps a random secret, and the user's id is a hash of it: everybody may see the id, but
 * only who holds the secret can be that user. Names are free; two people may have the same one, under different ids.
 *
 * @returns Null where there is no secret.
 * @throws MillraceError `INVALID_INPUT` for a name that is not 1 to 40 characters.
 */
export function authenticate({ auth }: Pick<Handshake, 'auth'>): Authenticated<User> | null {
  const secret = Secret.safeParse(auth.secret)
  if (!secret.success) return null
  const name = Name.safeParse(auth.name)
  if (!name.success)
    throw fail('INVALID_INPUT', 'a name has 1 to 40 characters on one line; choose another', { path: 'name' })
  const id = createHash('sha256').update(`millrace user ${secret.data}`).digest('base64url').slice(0, 22)
  return { user: { id, name: name.data } }
}
