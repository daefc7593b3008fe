import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.MILLRACE_CHROMIUM ?? '', args })
}

/** Somebody with a browser profile of their own, in the chat. */
export class Person {
  readonly page: Page
  /** What the page complained about: errors, and breaches of its security policy. */
  readonly complaints: readonly string[]

  constructor(page: Page, complaints: readonly string[]) {
    this.page = page
    this.complaints = complaints
  }

  get field(): Locator {
    return this.page.locator('#text')
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text)
    await this.field.press('Enter')
  }

  async sees(text: string): Promise<void> {
    await this.page.getByText(text, { exact: true }).first().waitFor()
  }

  /** Waits until the log ends with this message, and the server has it. */
  async seesPosted(text: string): Promise<void> {
    await this.page.locator('.message.posted .message-text', { hasText: text }).last().waitFor()
  }

  /** Every message on the page, from top to bottom. */
  texts(): Promise<string[]> {
    return this.page.locator('.message-text').allTextContents()
  }

  async close(): Promise<void> {
    await this.page.context().close()
  }
}

export interface EnterOptions extends BrowserContextOptions {
  /** As in the address. Default `lobby`. */
  readonly room?: string
  /** Whether `page.clock` can move the page's time. */
  readonly hasClock?: boolean
}

/** Opens the chat and gives a name. The other options are those of a browser profile. */
export async function enter(
  browser: Browser,
  address: string,
  name: string,
  { room = 'lobby', hasClock = false, ...profile }: EnterOptions = {},
): Promise<Person> {
  const context = await browser.newContext(profile)
  const page = await context.newPage()
  if (hasClock) await page.clock.install()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // While the server is away a browser reports that it cannot be reached.
    if (message.type() === 'error' && !/ERR_|WebSocket/.test(message.text())) complaints.push(message.text())
  })
  await page.goto(`${address}/chat/#${room}`)
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Join the chat' }).click()
  await page.locator('#people bdi', { hasText: name }).first().waitFor({ state: 'attached' })
  return new Person(page, complaints)
}
