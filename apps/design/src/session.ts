import { browserKey } from './browser-key.ts'
import { recallSession, rememberSession, type Session } from './remembered-session.ts'

export { browserKey, type Session }

/** How long the server may take to say who this browser is before the page goes on with what it remembers, ms. */
const deadlineMs = 5_000

/**
 * Who this browser is. Without a session there may be a reason, for people: it expired, or belongs to another browser.
 * Where the server cannot be reached it is who this browser was last.
 */
export async function readSession(): Promise<{ readonly session?: Session; readonly reason?: string }> {
  const answer = await ask('GET').catch(() => undefined)
  if (answer === undefined || answer.status >= 500) {
    const session = recallSession()
    return session ? { session } : {}
  }
  if (answer.status === 204) return forgotten()
  const session = await readAnswer(answer)
  return typeof session === 'string' ? forgotten(session) : { session: rememberSession(session) }
}

/**
 * Gives this browser a session, or its session a new name; whoever has one stays the same user.
 *
 * @throws Error with a sentence for people: the name does not do, or the server cannot be reached.
 */
export async function enterAs(name: string): Promise<Session> {
  const answer = await ask('POST', { name, browserKey: browserKey() }).catch(unreachable)
  const session = await readAnswer(answer)
  if (typeof session === 'string') throw new Error(session)
  return rememberSession(session)
}

/** @throws Error with a sentence for people where the server cannot be reached. */
export async function leaveSession(): Promise<void> {
  await ask('DELETE').catch(unreachable)
  rememberSession(undefined)
}

function ask(method: string, body?: object): Promise<Response> {
  const headers = { 'x-browser-key': browserKey(), ...(body ? { 'content-type': 'application/json' } : {}) }
  const signal = AbortSignal.timeout(deadlineMs)
  return fetch('/session', { method, headers, signal, ...(body ? { body: JSON.stringify(body) } : {}) })
}

/** The session, or the sentence in which it is refused. */
async function readAnswer(answer: Response): Promise<Session | string> {
  const data = (await answer.json()) as Session & { readonly error?: string }
  return answer.ok ? data : (data.error ?? `the server answered ${answer.status}; try again`)
}

function forgotten(reason?: string): { readonly reason?: string } {
  rememberSession(undefined)
  return reason === undefined ? {} : { reason }
}

function unreachable(cause: unknown): never {
  throw new Error('the server cannot be reached; try again in a moment', { cause })
}
