import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Gallery, phone } from './gallery.ts'

let gallery: Gallery

beforeAll(async () => {
  gallery = await Gallery.start()
})

afterAll(() => gallery[Symbol.asyncDispose]())

/** From now on the page's time goes on where the test says so, and not while the machine is slow. */
async function holdClock({ clock }: Page): Promise<void> {
  const time = Date.now()
  await clock.install({ time })
  await clock.pauseAt(time + 60_000)
}

it('[DSG13] the banner waits a moment, says what is kept, and goes', async () => {
  await using opening = await gallery.open('notices')
  const { page } = opening
  const banner = page.locator('.mr-connection')
  await page.getByText('You are offline, and the page keeps trying. 3 changes are kept and will be sent.').waitFor()
  await page.getByRole('button', { name: 'Try now' }).click()
  expect(await banner.textContent()).toBe('')
  await holdClock(page)
  await page.getByRole('button', { name: 'Connecting' }).click()
  await page.clock.runFor(600)
  expect(await banner.textContent()).toBe('')
  await page.getByRole('button', { name: 'Connected', exact: true }).click()
  await page.getByRole('button', { name: 'Connecting' }).click()
  await page.clock.runFor(600)
  expect(await banner.textContent()).toBe('')
  await page.clock.runFor(200)
  await banner.getByText('Connecting… 3 changes are kept and will be sent.').waitFor()
  await page.getByRole('button', { name: 'Connected', exact: true }).click()
  await page.getByRole('button', { name: 'Refused' }).click()
  await expect
    .poll(() => banner.textContent())
    .toContain('This session belongs to another browser; enter your name again.')
  await expect.poll(() => banner.evaluate((element) => element.tagName)).toBe('OUTPUT')
})

it('[DSG12] toasts are announced, go after their time, and wait while they are read', async () => {
  await using opening = await gallery.open('notices')
  const { page } = opening
  await holdClock(page)
  const toasts = page.getByRole('region', { name: 'Notices' })
  const brief = toasts.getByText('Sent.')
  const show = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click()
  await expect.poll(() => toasts.getAttribute('aria-live')).toBe('polite')
  await show('Good, for 1 s')
  await brief.waitFor()
  await page.clock.runFor(900)
  await expect.poll(() => brief.count()).toBe(1)
  await page.clock.runFor(200)
  await brief.waitFor({ state: 'detached' })

  await show('Good, for 1 s')
  await brief.hover()
  await page.clock.runFor(5_000)
  await expect.poll(() => brief.count()).toBe(1)
  await page.mouse.move(5, 5)
  await page.clock.runFor(1_100)
  await brief.waitFor({ state: 'detached' })

  await show('Good, for 1 s')
  await toasts.getByRole('button', { name: 'Dismiss' }).focus()
  await page.clock.runFor(5_000)
  await page.keyboard.press('Enter')
  await brief.waitFor({ state: 'detached' })

  for (const name of ['Bad', 'Neutral', 'Neutral', 'Neutral', 'Mention']) await show(name)
  await expect.poll(() => toasts.locator('.mr-toast').count()).toBe(4)
  expect(await toasts.getByText('The picture is too large').count()).toBe(0)
  await toasts.getByRole('button', { name: 'Show' }).click()
  await toasts.getByText('Shown.').waitFor()
  expect(await toasts.getByText('Ada in General').count()).toBe(0)
})

it('[DSG14] the skip link leads to the main part and leaves the address alone', async () => {
  await using opening = await gallery.open('buttons')
  const { page } = opening
  await page.keyboard.press('Tab')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the section')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN')
  expect(new URL(page.url()).hash).toBe('#buttons')
})

it('[DSG14] a phone shows one part at a time, and the focus follows', async () => {
  await using opening = await gallery.open('', phone)
  const { page } = opening
  const side = page.getByRole('complementary', { name: 'Sections' })
  const main = page.getByRole('main')
  expect([await side.isVisible(), await main.isVisible()]).toEqual([true, false])
  await page.getByRole('link', { name: 'Notices' }).press('Enter')
  await main.waitFor()
  expect([await side.isVisible(), await main.isVisible()]).toEqual([false, true])
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
  await page.getByRole('button', { name: 'Back to the sections' }).press('Enter')
  await side.waitFor()
  expect(await main.isVisible()).toBe(false)
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Notices')
})

it('[DSG9] a field has its hint and its error', async () => {
  await using opening = await gallery.open('fields')
  const { page } = opening
  const described = async (label: string): Promise<string> => {
    const ids = ((await page.getByLabel(label).getAttribute('aria-describedby')) ?? '').split(' ')
    const texts = await Promise.all(ids.map((id) => page.locator(`[id="${id}"]`).textContent()))
    return texts.join(' ')
  }
  await expect.poll(() => described('Title')).toBe('What the conversation is about, up to 60 characters.')
  await expect.poll(() => described('Your name')).toBe('A name has letters. Take another one.')
  await expect.poll(() => page.getByLabel('Your name').getAttribute('aria-invalid')).toBe('true')
  await expect.poll(() => page.getByRole('alert').filter({ hasText: 'A name has letters' }).count()).toBe(1)
  await expect.poll(() => described('Open')).toBe('Everybody may find it and join.')
  await page.getByText('Only those you choose.').click()
  await expect.poll(() => page.getByRole('radio', { name: 'Closed' }).isChecked()).toBe(true)
})
