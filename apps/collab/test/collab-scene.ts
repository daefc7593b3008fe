import { PageScene, sceneOfFile, sessionOf, storageStateOf, type Visitor } from '@millrace/app-design/test-kit'
import { createClient, type NamespaceClient } from '@millrace/client'
import { isServerAway } from '@millrace/testing/browser'
import type { BrowserContext, BrowserContextOptions } from 'playwright-core'
import { collab, type GrantedRole } from '../contract.ts'
import { Writer } from './writer.ts'

/** The documents that `npm start` runs, and browsers of people who come to them. */
export class CollabScene extends PageScene {
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
    const expected = { levels: ['error', 'warning'], isExpected: isServerAway } as const
    const { page, complaints } = await this.visit(context, `${this.server.address}/collab/${search}`, expected)
    return new Writer(page, complaints)
  }
}

/** One scene for the tests of a file. */
export function collabScene(): CollabScene {
  return sceneOfFile(new CollabScene())
}
