import { createClient } from '@millrace/client'
import type { BrowserContextOptions } from 'playwright-core'
import { chat, type PublicUser } from '../contract.ts'
import { sessionOf } from './session-of.ts'

/** A user of a running server. */
export interface Account {
  readonly user: PublicUser
  /** A browser with the user's session. Several browsers with one are several devices. */
  readonly storageState: Exclude<BrowserContextOptions['storageState'], string | undefined>
  /** Asks the server as the user, without a browser. */
  readonly ask: <Answer>(question: (space: ChatSpace) => Promise<Answer>) => Promise<Answer>
}

const spaceOf = (client: ReturnType<typeof createClient>) => client.use(chat)
type ChatSpace = ReturnType<typeof spaceOf>

/** Enters with a name, so that others find them. */
export async function createAccount(address: string, name: string): Promise<Account> {
  const { user, auth, extraHeaders } = await sessionOf(address, name)
  const [cookie = '', value = ''] = extraHeaders.cookie.split('=')
  const browserKey = { name: 'millrace browser key', value: auth.browserKey }
  const account: Account = {
    user,
    storageState: {
      cookies: [
        {
          name: cookie,
          value,
          domain: 'localhost',
          path: '/',
          expires: -1,
          httpOnly: true,
          secure: false,
          sameSite: 'Lax',
        },
      ],
      origins: [{ origin: address, localStorage: [browserKey] }],
    },
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
