import { errors, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import type { Handshake } from '../src/connection/connection.ts'
import { jwtAuthenticate } from '../src/jwt-authenticate.ts'

const key = new TextEncoder().encode('a secret of at least thirty-two bytes')
const authenticate = jwtAuthenticate({
  key,
  issuer: 'millrace',
  cookie: 'session',
  user: ({ sub }) => (sub === undefined ? null : { id: sub }),
})

function handshake(auth: Record<string, unknown>, cookie?: string): Handshake {
  return { auth, headers: cookie === undefined ? {} : { cookie }, query: {}, address: '127.0.0.1', secure: false }
}

function token(subject: string): SignJWT {
  return new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setIssuer('millrace').setSubject(subject)
}

describe('jwtAuthenticate', () => {
  it('[JWT1] gives the user until the token ends', async () => {
    const exp = Math.floor(Date.now() / 1_000) + 60
    const ending = await token('ann').setExpirationTime(exp).sign(key)
    expect(await authenticate(handshake({ token: ending }))).toEqual({ user: { id: 'ann' }, expiresAt: exp * 1_000 })
    expect(await authenticate(handshake({ token: await token('ann').sign(key) }))).toEqual({ user: { id: 'ann' } })
  })

  it('[JWT2] reads the cookie where auth has no token', async () => {
    const cookie = `theme=dark; session=${await token('bob').sign(key)}`
    expect(await authenticate(handshake({}, cookie))).toEqual({ user: { id: 'bob' } })
    expect(await authenticate(handshake({ token: await token('ann').sign(key) }, cookie))).toEqual({
      user: { id: 'ann' },
    })
  })

  it('[JWT3] refuses what is not a good token', async () => {
    const other = new TextEncoder().encode('another secret of thirty-two bytes!!')
    const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"sub":"ann","iss":"millrace"}')}.`.replaceAll('=', '')
    const refused = [
      undefined,
      'x',
      unsigned,
      await token('ann').setExpirationTime(1).sign(key),
      await token('ann').sign(other),
      await token('ann').setIssuer('somebody').sign(key),
      await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setIssuer('millrace').sign(key),
    ]
    for (const bad of refused) expect(await authenticate(handshake({ token: bad }))).toBeNull()
    expect(await authenticate(handshake({}, 'theme=dark'))).toBeNull()
    expect(await authenticate(handshake({}))).toBeNull()
  })

  it('[JWT4] is UNAVAILABLE where the keys cannot be read', async () => {
    const good = await token('ann').sign(key)
    for (const fault of [new errors.JWKSTimeout(), new Error('ECONNREFUSED')]) {
      const unreachable = jwtAuthenticate({ key: () => Promise.reject(fault), user: () => ({ id: 'ann' }) })
      await expect(unreachable(handshake({ token: good }))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    }
  })
})
