import { createServer, implement, memory } from '@millrace/server'
import { fail } from '@millrace/contract'
import { usersByToken, type User } from '../users.ts'
import { publishedRoom, type Contender } from './contender.ts'
import { benchContract } from './millrace-contract.ts'

/** Millrace as it comes, in memory. */
export async function startMillrace(): Promise<Contender> {
  const server = createServer<User>({
    store: memory(),
    authenticate({ auth }) {
      const user = usersByToken.get(String(auth['token']))
      if (!user) throw fail('UNAUTHENTICATED', 'unknown token; send one of the bench')
      return { user }
    },
  })
  server.mount(
    implement<typeof benchContract, User>(benchContract, {
      requests: { echo: ({ input }) => input },
      rooms: { feed: { authorize: () => true } },
    }),
  )
  const port = await server.listen(0, { host: '127.0.0.1' })
  const room = server.room(benchContract, 'feed', { id: publishedRoom })
  return {
    port,
    publish: (payload) => void room.publish('message', payload),
    [Symbol.asyncDispose]: () => server.close(),
  }
}
