import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from '@millrace/server'
import { authenticateTestUser, type TestUser } from '@millrace/testing'
import { launchChromium } from '@millrace/testing/browser'
import type { Browser, Page } from 'playwright-core'
import { bundlePage } from './bundle-page.ts'
import { deskApp, deskRules, type DeskRules } from './desk.ts'

/** A page with an outbox, and a server that the test starts and ends while the page stays where it is. */
export class OutboxSite implements AsyncDisposable {
  readonly browser: Browser
  readonly rules: DeskRules = deskRules()
  readonly #pages
  readonly #origin: string
  #port = 0
  #server: Server<TestUser> | undefined

  constructor(browser: Browser, pages: ReturnType<typeof createHttpServer>) {
    this.browser = browser
    this.#pages = pages
    this.#origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`
  }

  static async open(): Promise<OutboxSite> {
    const script = await bundlePage('outbox-page.ts')
    const pages = createHttpServer((incoming, response) => {
      if (incoming.url === '/page.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
      else
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<!doctype html><script type="module" src="/page.js"></script>')
    })
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
    const browser = await launchChromium()
    const site = new OutboxSite(browser, pages)
    await site.goOnline() // for a port of its own
    await site.goOffline()
    return site
  }

  /** The texts that the server took, in order. */
  get texts(): readonly string[] {
    return this.rules.runs.map(({ input }) => (input as { text: string }).text)
  }

  get address(): string {
    return `${this.#origin}/?server=${encodeURIComponent(`http://127.0.0.1:${this.#port}`)}`
  }

  async goOnline(): Promise<void> {
    this.#server = createServer<TestUser>({ authenticate: authenticateTestUser, origins: [this.#origin] })
    this.#server.mount(deskApp(this.rules))
    this.#port = await this.#server.listen(this.#port, { host: '127.0.0.1' })
  }

  /** Nobody answers on the server's port. */
  async goOffline(): Promise<void> {
    await this.#server?.close()
    this.#server = undefined
  }

  /** Opens the page, with an outbox that is ready. */
  async visit(page: Page): Promise<void> {
    await page.goto(this.address)
    await page.waitForFunction(() => 'outboxPage' in window)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close()
    await this.goOffline()
    await new Promise((resolve) => this.#pages.close(resolve))
  }
}
