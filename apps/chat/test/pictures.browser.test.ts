import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { enter, launchBrowser, type Person } from './people.ts'
import { startServer, type RunningServer } from './start-server.ts'

/** Where `npm run pictures` wants those that have a file. */
const pictures = process.env.MILLRACE_PICTURES

const folder = mkdtempSync(join(tmpdir(), 'millrace-pictures-'))
let browser: Browser
let server: RunningServer
let people: readonly Person[]
let reader: Person

beforeAll(async () => {
  if (pictures) mkdirSync(pictures, { recursive: true })
  browser = await launchBrowser()
  server = await startServer(folder)
  people = [
    await enter(browser, server.address, 'Ada Lovelace', { room: 'engine' }),
    await enter(browser, server.address, 'Charles Babbage', { room: 'engine' }),
    await enter(browser, server.address, 'Grace Hopper', { room: 'engine' }),
  ]
  reader = await enter(browser, server.address, 'Katherine Johnson', { room: 'engine' })
  for (const [author, text] of conversation)
    await people[author]?.say(text).then(() => people[author]?.seesPosted(text))
})

afterAll(async () => {
  await browser.close()
  await server.kill()
  rmSync(folder, { recursive: true })
})

const conversation: readonly [author: number, text: string][] = [
  [0, 'I pulled the plug on the server this morning, in the middle of a deploy.'],
  [1, 'And? What did we lose?'],
  [0, 'Nothing. The three of us kept typing, the page said that messages were waiting,'],
  [0, 'and when it came back they were all there. Once, and in the order in which we wrote them.'],
  [2, 'I can confirm. I reloaded the page during it, too, and went on where I had stopped.'],
  [1, 'On two occasions I have been asked: if you kill the process, will the right messages come out?'],
  [0, 'They will. It keeps an ordered log, and every client knows its position in it.'],
  [2, 'The most damaging phrase is “we have always lost a few”.'],
]

function widthBeyondWindow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const elements = [
      document.documentElement,
      ...document.querySelectorAll<HTMLElement>('body, #scroll, .message-body'),
    ]
    return Math.max(...elements.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
  })
}

const views = [
  { width: 1440, colorScheme: 'light', file: 'chat.png' },
  { width: 1440, colorScheme: 'dark', file: '' },
  { width: 390, colorScheme: 'light', file: '' },
  { width: 390, colorScheme: 'dark', file: 'chat-phone.png' },
] as const

it.each(views)(
  '[APP21] nothing is wider than a window of $width px, $colorScheme',
  async ({ width, colorScheme, file }) => {
    await reader.page.setViewportSize({ width, height: width < 800 ? 844 : 860 })
    await reader.page.emulateMedia({ colorScheme })
    await reader.page.mouse.move(0, 0)
    await people[1]?.field.fill('')
    await people[1]?.field.pressSequentially('W')
    await reader.sees('Charles Babbage is typing…')
    expect(await widthBeyondWindow(reader.page)).toBe(0)
    if (pictures && file) await reader.page.screenshot({ path: join(pictures, file) })
  },
)

it('[APP21] a word without an end is broken', async () => {
  const ada = await enter(browser, server.address, 'A'.repeat(40), {
    room: 'z'.repeat(64),
    viewport: { width: 390, height: 844 },
  })
  await ada.say(`https://example.com/${'x'.repeat(300)}`)
  await ada.seesPosted('https://example.com/')
  expect(await widthBeyondWindow(ada.page)).toBe(0)
})

it('[APP21] the home page is not wider than a narrow window either', async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  await page.goto(server.address)
  await page.getByRole('link', { name: 'Chat' }).waitFor()
  expect(await widthBeyondWindow(page)).toBe(0)
})
