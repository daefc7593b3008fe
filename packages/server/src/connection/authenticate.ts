import { fail } from '@millrace/contract'
import type { Clock } from '@millrace/contract'
import type { Maybe } from '../maybe.ts'
import type { Handshake, UserLike } from './connection.ts'

export interface Authenticated<User extends UserLike> {
  readonly user: User
  /** Wall time in ms since 1970 when the credentials end. Default: never. */
  readonly expiresAt?: number
}

/**
 * Says who a client is. Returns null, or throws `fail('UNAUTHENTICATED', ...)`, for credentials that are not good; then the
 * client asks its `auth` once more.
 */
export type Authenticate<User extends UserLike = UserLike> = (handshake: Handshake) => Maybe<Authenticated<User> | null>

/**
 * Runs `authenticate` under its deadline.
 *
 * @throws MillraceError `UNAUTHENTICATED`, or `UNAVAILABLE` after the deadline.
 */
export async function runAuthenticate(
  clock: Clock,
  timeoutMs: number,
  authenticate: Authenticate,
  handshake: Handshake,
): Promise<{ user: UserLike; expiresAt: number }> {
  const result = await withDeadline(clock, timeoutMs, authenticate(handshake))
  if (result === null) throw fail('UNAUTHENTICATED', 'the credentials are missing or wrong; sign in again')
  const { user, expiresAt = Infinity } = result
  if (typeof user.id !== 'string' || user.id === '')
    throw new Error('authenticate must return a user with a non-empty string id')
  if (typeof expiresAt !== 'number' || Number.isNaN(expiresAt))
    throw new Error('authenticate must return expiresAt in ms since 1970, or leave it out')
  if (expiresAt <= clock.now()) throw fail('UNAUTHENTICATED', 'the credentials have expired; sign in again')
  return { user, expiresAt }
}

function withDeadline<T>(clock: Clock, timeoutMs: number, value: Maybe<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.after(timeoutMs, () => {
      reject(fail('UNAVAILABLE', `authentication took longer than ${timeoutMs} ms; try again`))
    })
    Promise.resolve(value).then(resolve, reject).finally(cancel).catch(reject)
  })
}
