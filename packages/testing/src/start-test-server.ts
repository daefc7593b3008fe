import { createClient, type Client, type CreateClientOptions } from '@millrace/client'
import { createServer, type Implementation, type Server, type ServerOptions, type UserLike } from '@millrace/server'
import { authenticateTestUser } from './test-user.ts'

export interface TestServerOptions<User extends UserLike> extends ServerOptions<User> {
  /** What `implement` returned, one per namespace. */
  readonly implementations: readonly Implementation<User>[]
}

/** A real server on a port of its own. Disposing it closes its clients, then the server. */
export interface TestServer<User extends UserLike> extends AsyncDisposable {
  readonly url: string
  readonly server: Server<User>
  /** What the server reported to `onError`, in addition to the one given. */
  readonly errors: unknown[]
  /** A client, closed with the server. Its `url` is that of the server, unless a proxy before it is given. */
  client(options?: Partial<CreateClientOptions>): Client
}

/**
 * Starts a server on 127.0.0.1. The store defaults to `memory()`, and `authenticate` to one that believes
 * `auth: { user: 'ada' }`.
 *
 * @throws Error of one sentence where the store cannot be opened.
 */
export async function startTestServer<User extends UserLike = UserLike>(
  options: TestServerOptions<User>,
): Promise<TestServer<User>> {
  const { implementations, ...rest } = options
  const errors: unknown[] = []
  const onError = (error: unknown) => {
    errors.push(error)
    options.onError?.(error)
  }
  const authenticate = (options.authenticate ?? authenticateTestUser) as NonNullable<
    ServerOptions<User>['authenticate']
  >
  const server = createServer<User>({ ...rest, authenticate, onError })
  for (const implementation of implementations) server.mount(implementation)
  const url = `http://127.0.0.1:${await server.listen(0, { host: '127.0.0.1' })}`
  const clients: Client[] = []
  return {
    url,
    server,
    errors,
    client(clientOptions = {}) {
      const client = createClient({ url, ...clientOptions })
      clients.push(client)
      return client
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.close()))
      await server.close()
    },
  }
}
