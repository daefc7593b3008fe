import { sessionOf, storageStateOf, type StorageState } from '@millrace/app-design/test-kit'
import { createClient } from '@millrace/client'
import { chat, type PublicUser } from '../contract.ts'

/** A user of a running server. */
export interface Account {
  readonly user: PublicUser
  /** A browser with the user's session. Several browsers with one are several devices. */
  readonly storageState: StorageState
  /** Asks the server as the user, without a browser. */
  readonly ask: <Answer>(question: (space: ChatSpace) => Promise<Answer>) => Promise<Answer>
}

const spaceOf = (client: ReturnType<typeof createClient>) => client.use(chat)
type ChatSpace = ReturnType<typeof spaceOf>

/** Enters with a name, so that others find them. */
export async function createAccount(address: string, name: string): Promise<Account> {
  const visitor = await sessionOf(address, name)
  const { user, auth, extraHeaders } = visitor
  const account: Account = {
    user,
    storageState: storageStateOf(address, visitor),
    ask: async (question) => {
      const client = createClient({ url: address, auth, extraHeaders })
      try {
        return await question(spaceOf(client))
      } finally {
        await client.close()
      }
    },
  }
  await account.ask((space) => space.request('whoami', {}))
  return account
}
