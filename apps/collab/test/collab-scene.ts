import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sessionOf, startServer, storageStateOf, type RunningServer, type Visitor } from '@millrace/app-design/test-kit'
import { createClient, type NamespaceClient } from '@millrace/client'
import { collectComplaints, isServerAway, launchChromium } from '@millrace/testing/browser'
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { collab, type GrantedRole } from '../contract.ts'
import { Writer } from './writer.ts'

/** What `npm start` runs, for all tests of a file, and browsers of people who come to its documents. */
export class CollabScene {
  readonly folder = mkdtempSync(join(tmpdir(), 'millrace-collab-'))
  readonly #writers: Writer[] = []
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

  /** As if the power failed. */
  async killServer(): Promise<void> {
    await this.server.kill()
  }

  /** After `killServer()`: where it was. */
  async startAgain(): Promise<void> {
    this.#server = await startServer(this.folder, this.server.port)
  }

  visitor(name: string): Promise<Visitor> {
    return sessionOf(this.server.address, name)
  }

  /** Asks the server as the user, without a browser. */
  async ask<Answer>(
    { auth, extraHeaders }: Visitor,
    question: (space: NamespaceClient<typeof collab>) => Promise<Answer>,
  ): Promise<Answer> {
    const client = createClient({ url: this.server.address, auth, extraHeaders })
    try {
      return await question(client.use(collab))
    } finally {
      await client.close()
    }
  }

  /** A document of that text. @returns Its id. */
  async write(owner: Visitor, title: string, text: string): Promise<string> {
    const { id } = await this.ask(owner, (space) => space.request('document.importMarkdown', { title, text }))
    return id
  }

  /** Lets somebody into a document, by a link. */
  async letIn(owner: Visitor, guest: Visitor, documentId: string, role: GrantedRole): Promise<void> {
    const { token } = await this.ask(owner, async (space) => {
      const desk = space.room('desk', { documentId })
      await desk.join()
      return desk.request('link.make', { role })
    })
    await this.ask(guest, (space) => space.request('link.open', { documentId, token }))
  }

  /** Opens a browser of that user: at a document, or at the list. */
  async come(visitor: Visitor, documentId?: string, profile: BrowserContextOptions = {}): Promise<Writer> {
    const storageState = storageStateOf(this.server.address, visitor)
    const context = await this.browser.newContext({ storageState, viewport: { width: 1440, height: 900 }, ...profile })
    const writer = await this.open(context, documentId === undefined ? '' : `?d=${documentId}`)
    await (documentId === undefined ? writer.documents.first() : writer.text).waitFor({ state: 'attached' })
    return writer
  }

  /** Another tab of a browser, wherever that leads. */
  async open(context: BrowserContext, search = ''): Promise<Writer> {
    const page = await context.newPage()
    const complaints = collectComplaints(page, { levels: ['error', 'warning'], isExpected: isServerAway })
    const writer = new Writer(page, complaints)
    this.#writers.push(writer)
    await page.goto(`${this.server.address}/collab/${search}`)
    return writer
  }

  /** Closes every browser. @returns What their pages complained about. */
  async leave(): Promise<readonly string[]> {
    await Promise.all(this.browser.contexts().map((context) => context.close()))
    return this.#writers.splice(0).flatMap(({ complaints }) => complaints)
  }

  async end(): Promise<void> {
    await this.#browser?.close()
    await this.#server?.kill()
    rmSync(this.folder, { recursive: true })
  }
}

/** One scene for the tests of a file. After each test its browsers are gone, and no page complained of anything. */
export function collabScene(): CollabScene {
  const scene = new CollabScene()
  beforeAll(() => scene.start())
  afterEach(async () => expect(await scene.leave()).toEqual([]))
  afterAll(() => scene.end())
  return scene
}
