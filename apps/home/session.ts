import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import { z } from 'zod'
import { cookieName } from './authenticate.ts'
import { readJson } from './read-json.ts'
import { isHttps, isSameOrigin, type ProxySettings } from './same-origin.ts'
import { BrowserKey, readToken, sessionDays, sessionMs, signSession, type Session } from './session-token.ts'
import { UserName } from './user-name.ts'

export interface SessionOptions extends ProxySettings {
  readonly secret: Uint8Array
  readonly onError: (error: unknown) => void
}

const Entry = z.object({ name: UserName, browserKey: BrowserKey })

type Answer = readonly [status: number, body?: Session | { readonly error: string } | undefined, cookie?: string]

/** Serves `/session`: POST enters or renames, GET says who this browser is and renews, DELETE leaves. */
export function serveSession(options: SessionOptions): RequestListener {
  return (request, response) => {
    answerTo(request, options)
      .catch((error: unknown): Answer => {
        options.onError(error)
        return [500, { error: 'the server failed at this; try again in a moment' }]
      })
      .then((answer) => send(request, response, options, answer))
      .catch(options.onError)
  }
}

async function answerTo(request: IncomingMessage, options: SessionOptions): Promise<Answer> {
  if (!isSameOrigin(request, options)) return [403, { error: 'only pages of this server may do this' }]
  if (request.method === 'GET') return whoIs(request, options)
  if (request.method === 'POST') return enter(request, options)
  if (request.method === 'DELETE') return [204, undefined, '']
  return [405, { error: 'this address takes GET, POST and DELETE' }]
}

async function whoIs(request: IncomingMessage, { secret }: SessionOptions): Promise<Answer> {
  const token = tokenOf(request)
  if (token === undefined) return [204]
  const key = request.headers['x-browser-key']
  const reading = await readToken(secret, token, key, new Date())
  if (!reading.ok) return [401, { error: reading.reason }, '']
  const { session } = reading
  if (session.expiresAt - Date.now() > sessionMs / 2) return [200, session]
  return give(secret, session, BrowserKey.parse(key))
}

async function enter(request: IncomingMessage, { secret }: SessionOptions): Promise<Answer> {
  const body = await readJson(request, 1_024)
  if (!body.ok) return [body.status, { error: body.reason }]
  const entry = Entry.safeParse(body.value)
  if (!entry.success) return [400, { error: entry.error.issues[0]?.message ?? 'this is no name' }]
  const { name, browserKey } = entry.data
  const token = tokenOf(request)
  const known = token === undefined ? undefined : await readToken(secret, token, browserKey, new Date())
  const id = known?.ok ? known.session.id : randomBytes(16).toString('base64url')
  return give(secret, { id, name }, browserKey)
}

async function give(secret: Uint8Array, user: Omit<Session, 'expiresAt'>, browserKey: string): Promise<Answer> {
  // Tokens count in seconds.
  const expiresAt = Math.floor((Date.now() + sessionMs) / 1_000) * 1_000
  const session = { id: user.id, name: user.name, expiresAt }
  return [200, session, await signSession(secret, session, browserKey)]
}

function tokenOf({ headers }: IncomingMessage): string | undefined {
  // Some keep a cookie that was taken away, empty, for a moment.
  return (headers.cookie && parseCookie(headers.cookie)[cookieName]) || undefined
}

/** @param cookie An empty one takes the browser's away. */
function send(
  request: IncomingMessage,
  response: ServerResponse,
  options: SessionOptions,
  [status, body, cookie]: Answer,
): void {
  response.setHeader('cache-control', 'no-store').setHeader('x-content-type-options', 'nosniff')
  if (status === 405) response.setHeader('allow', 'GET, POST, DELETE')
  // What was not read of a request must not be taken for the next one.
  if (!request.complete) response.setHeader('connection', 'close')
  if (cookie !== undefined) {
    const maxAge = cookie === '' ? 0 : sessionDays * 86_400
    const secure = isHttps(request, options)
    const rest = { httpOnly: true, sameSite: 'lax', path: '/', maxAge, secure } as const
    response.setHeader('set-cookie', stringifySetCookie(cookieName, cookie, rest))
  }
  if (body === undefined) response.writeHead(status).end()
  else response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}
