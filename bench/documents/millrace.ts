import { fail } from '@millrace/contract'
import { createServer, implement, memory } from '@millrace/server'
import { documentRoom, openDocument } from '@millrace/yjs/server'
import { usersByToken, type User } from '../users.ts'
import type { DocumentContender } from './document-contender.ts'
import { documentContract } from './document-contract.ts'

/** Millrace's documents with all defaults, in memory. */
export async function startMillraceDocuments(): Promise<DocumentContender> {
  const server = createServer<User>({
    store: memory(),
    authenticate({ auth }) {
      const user = usersByToken.get(String(auth['token']))
      if (!user) throw fail('UNAUTHENTICATED', 'unknown token; send one of the bench')
      return { user }
    },
  })
  server.mount(
    implement<typeof documentContract, User>(documentContract, {
      rooms: { page: documentRoom({ authorize: () => 'write' }) },
    }),
  )
  const port = await server.listen(0, { host: '127.0.0.1' })
  return {
    port,
    async store(name, updates) {
      const document = openDocument(server.room(documentContract, 'page', { id: name }))
      for (const update of updates) await document.import(update)
    },
    [Symbol.asyncDispose]: () => server.close(),
  }
}
