import { createServer, implement, type Server, type StoreProvider } from '@millrace/server'
import { fail } from '@millrace/contract'
import { usersByToken, type User } from '../users.ts'
import { benchContract } from './millrace-contract.ts'

const open = { authorize: () => true }

/** Millrace with its default options and the application of the bench. */
export function createBenchServer(store: StoreProvider): Server<User> {
  const server = createServer<User>({
    store,
    authenticate({ auth }) {
      const user = usersByToken.get(String(auth['token']))
      if (!user) throw fail('UNAUTHENTICATED', 'unknown token; send one of the bench')
      return { user }
    },
  })
  return server.mount(
    implement<typeof benchContract, User>(benchContract, {
      requests: { echo: ({ input }) => input },
      rooms: { feed: open, live: open, stream: open, board: open, heavy: open, charts: open },
    }),
  )
}
