import { createServer, request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseSetCookie } from 'cookie'
import { expect, it, onTestFinished } from 'vitest'
import { serveSession, type SessionOptions } from '../session.ts'
import { readToken, sessionMs, signSession, type Session } from '../session-token.ts'

const secret = new TextEncoder().encode('a secret of more than 32 characters')
const browserKey = 'k'.repeat(43)
const json = { 'content-type': 'application/json' }

async function start(options: Partial<SessionOptions> = {}) {
  const errors: unknown[] = []
  const onError = (error: unknown) => void errors.push(error)
  const server = createServer(serveSession({ secret, publicOrigin: undefined, trustProxy: false, onError, ...options }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    expect(errors).toEqual([])
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const send = (method: string, headers: Record<string, string> = {}, body?: unknown) =>
    fetch(`${origin}/session`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const enter = (name: unknown, headers: Record<string, string> = {}, key: unknown = browserKey) =>
    send('POST', { ...json, ...headers }, { name, browserKey: key })
  const who = (cookie: string, key = browserKey) => send('GET', { cookie, 'x-browser-key': key })
  return { origin, send, enter, who }
}

/** What a browser would send back. */
function cookieOf(answer: Response): string {
  const { name, value } = parseSetCookie(answer.headers.getSetCookie()[0] ?? '')
  return `${name}=${value}`
}

const errorOf = async (answer: Response) => ((await answer.json()) as { error: string }).error
const sessionOf = async (answer: Response) => (await answer.json()) as Session

it('[APP30] a name and a key are a session of 30 days, in a cookie that scripts cannot read', async () => {
  const { enter } = await start()
  const before = Date.now()
  const answer = await enter(' Ada ')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const session = await sessionOf(answer)
  expect(session).toEqual({ id: expect.stringMatching(/^[\w-]{22}$/), name: 'Ada', expiresAt: expect.any(Number) })
  expect(session.expiresAt).toBeGreaterThan(before + sessionMs - 1_000)
  const [cookie = ''] = answer.headers.getSetCookie()
  expect(parseSetCookie(cookie)).toEqual({
    name: 'millrace_session',
    value: expect.any(String),
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: 30 * 86_400,
  })
  const { value = '' } = parseSetCookie(cookie)
  expect(await readToken(secret, value, browserKey, new Date())).toEqual({ ok: true, session })
})

it.each([
  [{ publicOrigin: 'https://chat.example.com' }, {}, true],
  [{ trustProxy: true }, { 'x-forwarded-proto': 'https' }, true],
  [{ trustProxy: false }, { 'x-forwarded-proto': 'https' }, false],
] as const)('[APP30] behind https the cookie is Secure: %o %o', async (options, headers, isSecure) => {
  const { enter } = await start(options)
  const answer = await enter('Ada', headers)
  expect(parseSetCookie(answer.headers.getSetCookie()[0] ?? '').secure ?? false).toBe(isSecure)
})

it('[APP35] a new name keeps the user, in the same browser', async () => {
  const { enter } = await start()
  const first = await enter('Ada')
  const cookie = cookieOf(first)
  const { id } = await sessionOf(first)
  expect(await sessionOf(await enter('Countess', { cookie }))).toMatchObject({ id, name: 'Countess' })
  expect((await sessionOf(await enter('Ada', { cookie }, 'x'.repeat(43)))).id).not.toBe(id)
  expect((await sessionOf(await enter('Ada'))).id).not.toBe(id)
})

it('[APP31] says who this browser is; nobody is no error', async () => {
  const { enter, send, who } = await start()
  expect((await send('GET')).status).toBe(204)
  const answer = await enter('Ada')
  const again = await who(cookieOf(answer))
  expect(await sessionOf(again)).toEqual(await sessionOf(answer))
  expect(again.headers.getSetCookie()).toEqual([])
})

it('[APP31] renews a session of which less than half is left, for the same user', async () => {
  const { who } = await start()
  const session = { id: 'a'.repeat(22), name: 'Ada', expiresAt: Date.now() + sessionMs / 2 - 60_000 }
  const answer = await who(`millrace_session=${await signSession(secret, session, browserKey)}`)
  const renewed = await sessionOf(answer)
  expect(renewed).toMatchObject({ id: session.id, name: 'Ada' })
  expect(renewed.expiresAt).toBeGreaterThan(session.expiresAt + sessionMs / 4)
  expect(await sessionOf(await who(cookieOf(answer)))).toEqual(renewed)
})

it('[APP31, APP34] a session that does not count is 401 with a sentence, and its cookie goes', async () => {
  const { enter, who } = await start()
  const stolen = await who(cookieOf(await enter('Ada')), 'x'.repeat(43))
  expect(stolen.status).toBe(401)
  expect(await errorOf(stolen)).toBe('this session belongs to another browser; enter your name again')
  expect(parseSetCookie(stolen.headers.getSetCookie()[0] ?? '')).toMatchObject({ value: '', maxAge: 0, path: '/' })
  const expired = await signSession(secret, { id: 'a'.repeat(22), name: 'Ada', expiresAt: 0 }, browserKey)
  expect(await errorOf(await who(`millrace_session=${expired}`))).toBe(
    'this session has expired; enter your name again',
  )
  expect(await errorOf(await who('millrace_session=forged'))).toMatch(/^this session was not made by this server/)
})

it('[APP32] leaving takes the cookie away', async () => {
  const { send, enter } = await start()
  const answer = await send('DELETE', { cookie: cookieOf(await enter('Ada')) })
  expect(answer.status).toBe(204)
  expect(parseSetCookie(answer.headers.getSetCookie()[0] ?? '')).toMatchObject({ value: '', maxAge: 0, path: '/' })
})

it('[APP9, APP33] a name that does not do is refused in words for people, without a cookie', async () => {
  const { enter } = await start()
  for (const name of ['<script>alert(1)</script>', '', 7, 'x'.repeat(41)]) {
    const answer = await enter(name)
    expect(answer.status).toBe(400)
    expect(await errorOf(answer)).toMatch(/^a name [^.]+; (choose|write) [^.]+$/)
    expect(answer.headers.getSetCookie()).toEqual([])
  }
  expect((await enter('Ada', {}, 'short')).status).toBe(400)
})

it('[APP33] only pages of this server may enter or leave', async () => {
  const { origin, enter, send } = await start({ publicOrigin: 'https://chat.example.com' })
  for (const other of ['https://evil.example', 'null', 'http://127.0.0.1']) {
    const answer = await enter('Ada', { origin: other })
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []])
    expect((await send('DELETE', { origin: other })).status).toBe(403)
  }
  expect((await enter('Ada', { origin })).status).toBe(200)
  expect((await enter('Ada', { origin: 'https://chat.example.com' })).status).toBe(200)
})

it('[APP33] behind a trusted proxy the origin is compared with the host that the browser asked', async () => {
  const headers = { origin: 'https://chat.example.com', 'x-forwarded-host': 'chat.example.com' }
  expect((await (await start({ trustProxy: true })).enter('Ada', headers)).status).toBe(200)
  expect((await (await start({ trustProxy: false })).enter('Ada', headers)).status).toBe(403)
})

it('[APP33] takes JSON of at most 1 kB, GET, POST and DELETE, and nothing else', async () => {
  const { enter, send } = await start()
  expect((await enter('x'.repeat(1_024))).status).toBe(413)
  expect((await send('POST', { 'content-type': 'text/plain' }, { name: 'Ada', browserKey })).status).toBe(415)
  expect((await send('POST', json, 'text')).status).toBe(400)
  const put = await send('PUT', json, {})
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST, DELETE'])
})

it('[APP33] a body without end is refused before it has come, and the connection with it', async () => {
  const { origin } = await start()
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const endless = ask(`${origin}/session`, { method: 'POST', headers: { ...json, 'transfer-encoding': 'chunked' } })
    endless.on('response', (response) => {
      resolve(response.statusCode)
      expect(response.headers.connection).toBe('close')
      endless.destroy()
    })
    endless.on('error', reject)
    endless.write('x'.repeat(2_000))
  })
  expect(status).toBe(413)
})
