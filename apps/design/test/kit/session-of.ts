import { randomBytes } from 'node:crypto'

/** What a browser brings: both halves of a session. */
export interface Visitor {
  readonly user: { readonly id: string; readonly name: string }
  readonly auth: { readonly browserKey: string }
  readonly extraHeaders: { readonly cookie: string }
}

/** Enters with a name, as the page does. */
export async function sessionOf(address: string, name: string): Promise<Visitor> {
  const browserKey = randomBytes(32).toString('base64url')
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${address}/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name, browserKey }),
  })
  const { id } = (await answer.json()) as Visitor['user']
  const [cookie = ''] = answer.headers.getSetCookie()[0]?.split(';') ?? []
  return { user: { id, name }, auth: { browserKey }, extraHeaders: { cookie } }
}
