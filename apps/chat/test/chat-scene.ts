import { PageScene, sceneOfFile } from '@millrace/app-design/test-kit'
import { isServerAway } from '@millrace/testing/browser'
import type { BrowserContext, BrowserContextOptions, ConsoleMessage } from 'playwright-core'
import { createAccount, type Account } from './account.ts'
import { Person } from './person.ts'

export interface ComeOptions extends BrowserContextOptions {
  /** The id of the conversation in the address. */
  readonly at?: string
  /** Whether `page.clock` can move the page's time. */
  readonly hasClock?: boolean
  /** Where the page comes from; default: the server itself. */
  readonly address?: string
}

/** The chat that `npm start` runs, and browsers of people who come to it. */
export class ChatScene extends PageScene {
  account(name: string): Promise<Account> {
    return createAccount(this.server.address, name)
  }

  /** People of these names, and a conversation that only they are in, named by its id. */
  async team(id: string, ...names: readonly string[]): Promise<readonly Account[]> {
    const accounts: Account[] = []
    for (const name of names) accounts.push(await this.account(name))
    const memberIds = accounts.map(({ user }) => user.id)
    const input = { title: id, isOpen: false, memberIds }
    await accounts[0]?.ask((space) => space.request('conversation.create', input, { key: id }))
    return accounts
  }

  /** Opens a browser of that user. */
  async come({ storageState }: Account, options: ComeOptions = {}): Promise<Person> {
    const { at = '', address, hasClock = false, ...profile } = options
    const context = await this.browser.newContext({ storageState, ...profile })
    if (hasClock) await context.clock.install()
    const person = await this.open(context, at, address)
    await (at === '' ? person.button('You') : person.field).waitFor()
    return person
  }

  /** Another tab of a browser, wherever that leads. */
  async open(context: BrowserContext, at = '', address = this.server.address): Promise<Person> {
    // A browser reports by itself, too, that a server refuses a name.
    const isExpected = (message: ConsoleMessage): boolean =>
      isServerAway(message) || message.location().url.endsWith('/session')
    const expected = { levels: ['error'], isExpected } as const
    const { page, complaints } = await this.visit(context, `${address}/chat/${at && `#${at}`}`, expected)
    return new Person(page, complaints)
  }
}

/** One scene for the tests of a file. */
export function chatScene(): ChatScene {
  return sceneOfFile(new ChatScene())
}
