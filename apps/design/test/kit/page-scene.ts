import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { collectComplaints, launchChromium, type ComplaintOptions } from '@millrace/testing/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { isKeptOffline } from './is-kept-offline.ts'
import { startServer, type RunningServer } from './start-server.ts'

interface Visit {
  readonly page: Page
  /** What the page complained about: errors, and breaches of its security policy. */
  readonly complaints: readonly string[]
}

/** What `npm start` runs, for all tests of a file, and browsers of people who come to it. */
export class PageScene {
  readonly folder = mkdtempSync(join(tmpdir(), 'millrace-page-'))
  readonly #visits: Visit[] = []
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
    const present = this.#visits.filter(({ page }) => !page.isClosed())
    await Promise.all(present.map(({ page }) => isKeptOffline(page)))
    await this.server.kill()
  }

  /** After `killServer()`: where it was. */
  async startAgain(): Promise<void> {
    this.#server = await startServer(this.folder, this.server.port)
  }

  /** Another tab of a browser. */
  async visit(context: BrowserContext, address: string, expected: ComplaintOptions): Promise<Visit> {
    const page = await context.newPage()
    const visit = { page, complaints: collectComplaints(page, expected) }
    this.#visits.push(visit)
    await page.goto(address)
    return visit
  }

  /** Closes every browser. @returns What their pages complained about. */
  async leave(): Promise<readonly string[]> {
    await Promise.all(this.browser.contexts().map((context) => context.close()))
    return this.#visits.splice(0).flatMap(({ complaints }) => complaints)
  }

  async end(): Promise<void> {
    await this.#browser?.close()
    await this.#server?.kill()
    rmSync(this.folder, { recursive: true })
  }
}

/** One scene for the tests of a file. After each test its browsers are gone, and no page complained of anything. */
export function sceneOfFile<S extends PageScene>(scene: S): S {
  beforeAll(() => scene.start())
  afterEach(async () => expect(await scene.leave()).toEqual([]))
  afterAll(() => scene.end())
  return scene
}
