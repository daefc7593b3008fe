export interface Session {
  readonly id: string
  readonly name: string
  /** Ms since 1970. */
  readonly expiresAt: number
}

const place = 'millrace session'

/** Who this browser was last, as long as that session lasts. It proves nothing: the server asks for cookie and key. */
export function recallSession(): Session | undefined {
  const text = localStorage.getItem(place)
  if (text === null) return undefined
  const session = JSON.parse(text) as Session
  return session.expiresAt > Date.now() ? session : undefined
}

/** @param session Undefined: there is none any more, and what pages remember of what they showed goes with it. */
export function rememberSession<S extends Session | undefined>(session: S): S {
  if (session) localStorage.setItem(place, JSON.stringify(session))
  else {
    localStorage.removeItem(place)
    sessionStorage.clear()
  }
  return session
}
