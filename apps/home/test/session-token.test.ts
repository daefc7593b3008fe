import { SignJWT, UnsecuredJWT } from 'jose'
import { expect, it } from 'vitest'
import { readToken, sessionMs, signSession } from '../session-token.ts'

const secret = new TextEncoder().encode('a secret of more than 32 characters')
const browserKey = 'k'.repeat(43)
const now = new Date('2026-01-02T03:04:05Z')
const session = { id: 'a'.repeat(22), name: 'Ada', expiresAt: now.getTime() + sessionMs }
const token = await signSession(secret, session, browserKey)
const read = (text: string, key: unknown = browserKey, at = now) => readToken(secret, text, key, at)
const refused = (reason: string) => ({ ok: false, reason })
const forged = refused('this session was not made by this server; enter your name again')

it('[APP8] a session is who it was given to, in the browser that it was given to', async () => {
  expect(await read(token)).toEqual({ ok: true, session })
})

it.each([undefined, '', 'x'.repeat(43), 42, { toString: () => browserKey }])(
  '[APP34] a stolen one is refused: with the key %o it belongs to another browser',
  async (key) => {
    // A key that is not given is undefined, which a default would replace.
    expect(await readToken(secret, token, key, now)).toEqual(
      refused('this session belongs to another browser; enter your name again'),
    )
  },
)

it('[APP34] an expired one is refused, and says so', async () => {
  expect(await read(token, browserKey, new Date(session.expiresAt - 1_000))).toMatchObject({ ok: true })
  expect(await read(token, browserKey, new Date(session.expiresAt))).toEqual(
    refused('this session has expired; enter your name again'),
  )
})

it('[APP34] a forged one is refused: another secret, another name in it, no signature, no token, no claims', async () => {
  const [head = '', body = '', signature = ''] = token.split('.')
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
  const renamed = Buffer.from(JSON.stringify({ ...claims, name: 'Eve' })).toString('base64url')
  const other = new TextEncoder().encode('another secret of more than 32 characters')
  const half = (fields: Record<string, unknown>) =>
    new SignJWT(fields).setProtectedHeader({ alg: 'HS256' }).sign(secret)
  const wrong = [
    await signSession(other, session, browserKey),
    [head, renamed, signature].join('.'),
    new UnsecuredJWT(claims).encode(),
    '',
    'no token',
    await half({ ...claims, sub: 'admin' }),
    await half({ ...claims, name: '<script>' }),
    await half({ name: 'Ada' }),
  ]
  for (const text of wrong) expect(await read(text)).toEqual(forged)
})

it('[APP34] the token holds the name, and nothing of the key', () => {
  const [, body = ''] = token.split('.')
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
  expect(claims).toEqual({ sub: session.id, name: 'Ada', exp: session.expiresAt / 1_000, bind: expect.any(String) })
  expect(JSON.stringify(claims)).not.toContain('kkk')
})
