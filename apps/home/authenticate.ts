import { fail } from '@millrace/contract'
import type { Authenticate } from '@millrace/server'
import { parseCookie } from 'cookie'
import { readToken, type User } from './session-token.ts'

export const cookieName = 'millrace_session'

/**
 * Lets in who brings both halves of a session: the cookie, and in `auth: { browserKey }` the key that the browser keeps. Who says in
 * `auth: { userId }` whom they mean is nobody else: the cookie of a browser may have become another user's while a page was open.
 *
 * @throws MillraceError `UNAUTHENTICATED` with a sentence for people.
 */
export function createAuthenticate(secret: Uint8Array): Authenticate<User> {
  return async ({ headers, auth }) => {
    const { cookie } = headers
    const token = typeof cookie === 'string' ? parseCookie(cookie)[cookieName] : undefined
    if (token === undefined) throw fail('UNAUTHENTICATED', 'this browser has no session; enter your name')
    const reading = await readToken(secret, token, auth.browserKey, new Date())
    if (!reading.ok) throw fail('UNAUTHENTICATED', reading.reason)
    const { id, name, expiresAt } = reading.session
    if (auth.userId !== undefined && auth.userId !== id)
      throw fail('UNAUTHENTICATED', 'somebody else has entered in this browser; load the page anew')
    return { user: { id, name }, expiresAt }
  }
}
