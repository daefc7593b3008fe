import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { enter, launchBrowser } from './people.ts'
import { startServer, type RunningServer } from './start-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'millrace-keyboard-'))
let browser: Browser
let server: RunningServer

beforeAll(async () => {
  browser = await launchBrowser()
  server = await startServer(folder)
})

afterAll(async () => {
  await browser.close()
  await server.kill()
  rmSync(folder, { recursive: true })
})

it('[APP20] everything can be done with the keyboard, and new messages are announced', async () => {
  const page = await browser.newPage()
  await page.goto(`${server.address}/chat/`)
  await page.keyboard.type('Ada')
  await page.keyboard.press('Enter')
  await page.locator('#people bdi', { hasText: 'Ada' }).waitFor()
  await page.keyboard.type('First line')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('second line')
  await page.keyboard.press('Enter')
  await page.getByRole('log').getByText('First line').waitFor()
  expect(await page.getByRole('log').getAttribute('aria-live')).toBe('polite')
  expect(await page.locator('.message-text').allInnerTexts()).toEqual(['First line\nsecond line'])
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim())
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Send')
  for (let steps = 0; steps < 20 && (await focused()) !== '# help'; steps++) await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '# help' }).waitFor()
  await page.keyboard.type('Help!')
  await page.keyboard.press('Enter')
  await page.getByRole('log').getByText('Help!').waitFor()
})

it('[APP20] on a narrow screen the rooms open with the menu, and Escape closes them', async () => {
  const ada = await enter(browser, server.address, 'Ada', { viewport: { width: 390, height: 844 } })
  const menu = ada.page.getByRole('button', { name: 'Rooms and people' })
  const room = ada.page.getByRole('link', { name: '# random' })
  expect(await room.isVisible()).toBe(false)
  await menu.press('Enter')
  await room.waitFor()
  expect(await menu.getAttribute('aria-expanded')).toBe('true')
  await ada.page.keyboard.press('Escape')
  await room.waitFor({ state: 'hidden' })
  expect(await menu.evaluate((button) => button === document.activeElement)).toBe(true)
  await menu.press('Enter')
  await room.click()
  await ada.page.getByRole('heading', { name: '# random' }).waitFor()
  await room.waitFor({ state: 'hidden' })
})
