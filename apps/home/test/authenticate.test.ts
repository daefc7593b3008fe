import { expect, it } from 'vitest'
import type { Handshake } from '@millrace/server'
import { createAuthenticate } from '../authenticate.ts'
import { sessionMs, signSession } from '../session-token.ts'

const secret = new TextEncoder().encode('a secret of more than 32 characters')
const browserKey = 'k'.repeat(43)
const authenticate = createAuthenticate(secret)
const session = { id: 'a'.repeat(22), name: 'Ada', expiresAt: Math.floor(Date.now() / 1_000) * 1_000 + sessionMs }
const cookie = `theme=dark; millrace_session=${await signSession(secret, session, browserKey)}`

/** As the server hands it over. */
function handshake(headers: Handshake['headers'], auth: Handshake['auth']): Handshake {
  return { headers, auth, query: {}, address: '127.0.0.1', secure: false }
}

it('[APP8] cookie and key together are the user, until the session ends', async () => {
  const { id, name, expiresAt } = session
  expect(await authenticate(handshake({ cookie }, { browserKey }))).toEqual({ user: { id, name }, expiresAt })
})

it('[APP49] a page whose browser became somebody else is let in no more, and any other is', async () => {
  const { id } = session
  expect(await authenticate(handshake({ cookie }, { browserKey, userId: id }))).toMatchObject({ user: { id } })
  await expect(authenticate(handshake({ cookie }, { browserKey, userId: 'b'.repeat(22) }))).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    message: 'somebody else has entered in this browser; load the page anew',
  })
})

it.each([
  ['no cookie', {}, { browserKey }, 'this browser has no session; enter your name'],
  ['another cookie', { cookie: 'theme=dark' }, { browserKey }, 'this browser has no session; enter your name'],
  ['no key', { cookie }, {}, 'this session belongs to another browser; enter your name again'],
  ['an id as the key', { cookie }, { browserKey: session.id }, 'this session belongs to another browser'],
  ['no token', { cookie: 'millrace_session=x' }, { browserKey }, 'this session was not made by this server'],
])('[APP8, APP34] with %s nobody is let in, and it says why', async (_what, headers, auth, sentence) => {
  await expect(authenticate(handshake(headers, auth))).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    message: expect.stringContaining(sentence),
  })
})
