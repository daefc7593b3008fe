import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningServer, startServer } from '@millrace/app-design/test-kit'
import { collectComplaints, isServerAway, launchChromium } from '@millrace/testing/browser'
import type { Browser, BrowserContext, BrowserContextOptions, ConsoleMessage } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
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

/** What `npm start` runs, for all tests of a file, and browsers of people who come to it. */
export class ChatScene {
  readonly folder = mkdtempSync(join(tmpdir(), 'millrace-chat-'))
  readonly #people: Person[] = []
  #browser: Browser | undefined
  #server: RunningServer | undefined

  get browser(): Browser {
    if (!this.#browser) throw new Error('the browser runs within tests only')
    return this.#browser
  }

  get server(): RunningServer {
    if (!this.#server) throw new Error('the server runs within tests only')
    return this.#server
  }

  async start(): Promise<void> {
    this.#browser = await launchChromium()
    this.#server = await startServer(this.folder)
  }

  /** As if the power failed, once every page that is open could be opened without the server too. */
  async killServer(): Promise<void> {
    const present = this.#people.filter(({ page }) => !page.isClosed())
    await Promise.all(present.map((person) => person.isKeptOffline()))
    await this.server.kill()
  }

  /** After `killServer()`: where it was. */
  async startAgain(): Promise<void> {
    this.#server = await startServer(this.folder, this.server.port)
  }

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
    const page = await context.newPage()
    // A browser reports by itself, too, that a server refuses a name.
    const isExpected = (message: ConsoleMessage): boolean =>
      isServerAway(message) || message.location().url.endsWith('/session')
    const complaints = collectComplaints(page, { levels: ['error'], isExpected })
    const person = new Person(page, complaints)
    this.#people.push(person)
    await page.goto(`${address}/chat/${at && `#${at}`}`)
    return person
  }

  /** Closes every browser. @returns What their pages complained about. */
  async leave(): Promise<readonly string[]> {
    await Promise.all(this.browser.contexts().map((context) => context.close()))
    return this.#people.splice(0).flatMap(({ complaints }) => complaints)
  }

  async end(): Promise<void> {
    await this.#browser?.close()
    await this.#server?.kill()
    rmSync(this.folder, { recursive: true })
  }
}

/** One scene for the tests of a file. After each test its browsers are gone, and no page complained of anything. */
export function chatScene(): ChatScene {
  const scene = new ChatScene()
  beforeAll(() => scene.start())
  afterEach(async () => expect(await scene.leave()).toEqual([]))
  afterAll(() => scene.end())
  return scene
}
