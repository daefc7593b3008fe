/** What the application says of itself: members of the handshake, a token, or a function that fetches either. */
export type Credentials = string | Readonly<Record<string, unknown>>
export type Auth = Credentials | (() => Credentials | Promise<Credentials>)

/** The credentials as members of the handshake: a token becomes `{ token }`. Rejects with what `auth` threw. */
export async function fetchCredentials(auth: Auth | undefined): Promise<Readonly<Record<string, unknown>>> {
  const credentials = typeof auth === 'function' ? await auth() : auth
  return typeof credentials === 'string' ? { token: credentials } : { ...credentials }
}
