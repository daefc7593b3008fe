import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { collectComplaints, launchChromium } from '@millrace/testing/browser'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { build, preview } from 'vite'

const source = fileURLToPath(new URL('../gallery', import.meta.url))
/** As strict as that of the demos. */
const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; img-src 'self' blob:"

export interface GalleryPage extends AsyncDisposable {
  readonly page: Page
  /** What the page complained about: errors, and breaches of its security policy. */
  readonly complaints: readonly string[]
}

/** The gallery as it is now, built and served, and a browser. */
export class Gallery implements AsyncDisposable {
  readonly address: string
  readonly browser: Browser
  readonly #close: () => Promise<void>

  private constructor(address: string, browser: Browser, close: () => Promise<void>) {
    this.address = address
    this.browser = browser
    this.#close = close
  }

  static async start(): Promise<Gallery> {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-gallery-'))
    const settings = { root: source, configFile: join(source, 'vite.config.ts'), logLevel: 'error' } as const
    await build({ ...settings, build: { outDir: folder, minify: false } })
    const server = await preview({
      ...settings,
      build: { outDir: folder },
      preview: { port: 0, headers: { 'content-security-policy': policy } },
    })
    const [address] = server.resolvedUrls?.local ?? []
    if (address === undefined) throw new Error('the gallery is not served: see what Vite says above')
    const browser = await launchChromium()
    return new Gallery(address, browser, async () => {
      await browser.close()
      await server.close()
      rmSync(folder, { recursive: true })
    })
  }

  /** A section in a browser profile of its own. Default 1440 x 900, light. */
  async open(section: string, profile: BrowserContextOptions = {}): Promise<GalleryPage> {
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 }, ...profile })
    const page = await context.newPage()
    const complaints = collectComplaints(page)
    await page.goto(`${this.address}${section === '' ? '' : `#${section}`}`)
    await page.locator('.mr-shell').waitFor()
    return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
  }

  /** Another section on a page that is open. */
  static async show(page: Page, section: string): Promise<void> {
    await page.evaluate((id) => (location.hash = id), section)
    await page.locator(`.mr-side .mr-item[aria-current][href="#${section}"]`).waitFor({ state: 'attached' })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close()
  }
}

export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

export const sectionIds = [
  'colours',
  'buttons',
  'fields',
  'lists',
  'overlays',
  'notices',
  'text',
  'messages',
  'composer',
  'log',
] as const
