import { memory, type UserLike } from '@millrace/server'
import { startTestServer, type TestServer, type TestServerOptions } from './start-test-server.ts'

export interface TestClusterOptions<User extends UserLike> extends TestServerOptions<User> {
  /** Servers that share the store. Default 3. */
  readonly nodes?: number
}

/** Servers of one process over one store. Disposing it closes all of them. */
export interface TestCluster<User extends UserLike> extends AsyncDisposable {
  readonly nodes: readonly TestServer<User>[]
}

/** Starts servers that share the store that is given, or one `memory()`. Throws as `startTestServer` does. */
export async function startTestCluster<User extends UserLike = UserLike>(
  options: TestClusterOptions<User>,
): Promise<TestCluster<User>> {
  const { nodes: count = 3, ...rest } = options
  const store = options.store ?? memory()
  const nodes: TestServer<User>[] = []
  const dispose = async () => {
    for (const node of nodes) await node[Symbol.asyncDispose]()
  }
  try {
    for (let index = 0; index < count; index++) nodes.push(await startTestServer({ ...rest, store }))
  } catch (error) {
    await dispose()
    throw error
  }
  return { nodes, [Symbol.asyncDispose]: dispose }
}
