import { fail } from '@millrace/contract'
import { parseCookie } from 'cookie'
import { errors, jwtVerify, type CryptoKey, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose'
import type { Authenticate } from './connection/authenticate.ts'
import type { Handshake, UserLike } from './connection/connection.ts'

export interface JwtOptions<User extends UserLike> extends Pick<
  JWTVerifyOptions,
  'algorithms' | 'audience' | 'issuer'
> {
  /** A secret (HS256) or public key, or a key set such as jose's `createRemoteJWKSet(url)`. */
  readonly key: Uint8Array | CryptoKey | JWTVerifyGetKey
  /** The user of a verified token; null refuses it. */
  readonly user: (payload: JWTPayload) => User | null
  /** Name of the cookie that holds the token, for clients that send none in `auth.token`. */
  readonly cookie?: string
}

/**
 * An `authenticate` for JSON Web Tokens (RFC 7519), in the client's `auth: { token }` or in a cookie. The connection ends
 * when the token does (`exp`), unless the client renews it.
 */
export function jwtAuthenticate<User extends UserLike>(options: JwtOptions<User>): Authenticate<User> {
  const { key, user: userOf, cookie, ...verify } = options
  const getKey: JWTVerifyGetKey = typeof key === 'function' ? key : () => key
  return async (handshake) => {
    const token = tokenOf(handshake, cookie)
    if (token === undefined) return null
    const payload = await verified(token, getKey, verify)
    const user = payload && userOf(payload)
    if (!user) return null
    return payload.exp === undefined ? { user } : { user, expiresAt: payload.exp * 1_000 }
  }
}

function tokenOf({ auth, headers }: Handshake, cookie: string | undefined): string | undefined {
  if (typeof auth.token === 'string') return auth.token
  return cookie !== undefined && typeof headers.cookie === 'string' ? parseCookie(headers.cookie)[cookie] : undefined
}

/** @throws MillraceError `UNAVAILABLE` where the key set cannot be read: the token may be good. */
async function verified(
  token: string,
  key: JWTVerifyGetKey,
  options: JWTVerifyOptions,
): Promise<JWTPayload | undefined> {
  try {
    return (await jwtVerify(token, key, options)).payload
  } catch (error) {
    if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) {
      throw fail('UNAVAILABLE', 'the keys that verify tokens cannot be read; try again', { cause: error })
    }
    return undefined
  }
}
