import { afterAll, beforeAll, expect, it } from 'vitest'
import { Gallery } from './gallery.ts'
import { atRest, firstInView, log, placeOf, press, pressAtOnce, sees, toEnd, wheel } from './log-reader.ts'

let gallery: Gallery

beforeAll(async () => {
  gallery = await Gallery.start()
})

afterAll(() => gallery[Symbol.asyncDispose]())

it('[DSG19] starts at the end and stays there while rows come, grow, and the window shrinks', async () => {
  await using opening = await gallery.open('log')
  const { page, complaints } = opening
  await sees(page, 100)
  await press(page, 'Add one')
  await sees(page, 101)
  await expect.poll(() => toEnd(page)).toBeLessThanOrEqual(1)
  await press(page, 'Let the last one grow')
  await page.waitForFunction(
    () => document.querySelector('.message[data-n="101"]')?.textContent?.match(/101:/g)?.length === 8,
  )
  await atRest(page)
  await expect.poll(() => toEnd(page)).toBeLessThanOrEqual(1)
  await page.setViewportSize({ width: 800, height: 400 })
  await atRest(page)
  await expect.poll(() => toEnd(page)).toBeLessThanOrEqual(1)
  await press(page, 'Ten thousand')
  await sees(page, 10_000)
  expect(complaints).toEqual([])
})

it('[DSG20] keeps the place of what is read while rows come in front, at the end, and both at once', async () => {
  await using opening = await gallery.open('log')
  const { page } = opening
  await sees(page, 100)
  await wheel(page, -3_000)
  const read = await firstInView(page)
  const place = await placeOf(page, read)
  for (const name of ['Add one', 'Older and newer at once', 'Add one']) {
    await press(page, name)
    await atRest(page)
    expect({ name, isKept: Math.abs((await placeOf(page, read)) - place) <= 1 }).toEqual({ name, isKept: true })
  }
  expect(read).toBeGreaterThan(1)
  await page.getByRole('button', { name: '3 new', exact: true }).waitFor()
})

it('[DSG21] asks for older rows near the start, one page after the other, until there are none', async () => {
  await using opening = await gallery.open('log')
  const { page } = opening
  await sees(page, 100)
  await log(page).focus()
  const seen: number[] = []
  for (let first = 1; first > -199;) {
    await page.keyboard.press('Home')
    await page.waitForFunction(
      (before) =>
        [...document.querySelectorAll<HTMLElement>('.message')].some(({ dataset }) => Number(dataset.n) < before),
      first,
    )
    await atRest(page)
    // The place is kept: what was the first row before is still in view.
    seen.push(first)
    first -= 50
  }
  expect(seen).toEqual([1, -49, -99, -149])
  await page.keyboard.press('Home')
  await sees(page, -199)
  await expect.poll(() => log(page).getAttribute('aria-busy')).toBe('false')
})

it('[DSG22] counts what is new below and leads to it; ones own row leads there by itself', async () => {
  await using opening = await gallery.open('log')
  const { page } = opening
  await sees(page, 100)
  await wheel(page, -1_500)
  await page.getByRole('button', { name: 'To the newest' }).waitFor()
  await press(page, 'Add one')
  await press(page, 'Add one')
  const jump = page.getByRole('button', { name: '2 new', exact: true })
  await jump.click()
  await sees(page, 102)
  await jump.waitFor({ state: 'detached' })
  await wheel(page, -1_500)
  await press(page, 'Add my own')
  await sees(page, 103)
  await expect.poll(() => toEnd(page)).toBeLessThanOrEqual(1)
})

it('[DSG23] of ten thousand rows only those around the view are in the page', async () => {
  await using opening = await gallery.open('log')
  const { page } = opening
  await press(page, 'Ten thousand')
  await sees(page, 10_000)
  await expect.poll(() => page.locator('.message').count()).toBeLessThan(60)
  await log(page).focus()
  await page.keyboard.press('Home')
  await sees(page, 1)
  await expect.poll(() => page.locator('.message').count()).toBeLessThan(60)
  await page.keyboard.press('End')
  await sees(page, 10_000)
  await expect.poll(() => toEnd(page)).toBeLessThanOrEqual(1)
})

it('[DSG24] the last of two keys counts, however soon it comes after the first', async () => {
  await using opening = await gallery.open('log')
  const { page } = opening
  await press(page, 'Ten thousand')
  await sees(page, 10_000)
  await log(page).focus()
  await pressAtOnce(page, ['Home', 'End'])
  await atRest(page)
  await sees(page, 10_000)
  await pressAtOnce(page, ['End', 'Home'])
  await atRest(page)
  await sees(page, 1)
  await page.locator('[data-row=m1]').focus()
  await page.keyboard.press('End')
  await sees(page, 10_000)
  await pressAtOnce(page, ['ArrowDown', 'End'])
  await atRest(page)
  await sees(page, 10_000)
})

it('[DSG24] the keyboard goes from row to row and into a row, and a row that has the focus stays', async () => {
  await using opening = await gallery.open('log')
  const { page } = opening
  await sees(page, 100)
  const focused = (): Promise<string | undefined> =>
    page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row)
  await log(page).focus()
  await page.keyboard.press('ArrowUp')
  await expect.poll(focused).toBe('m100')
  for (let n = 99; n > 60; n--) {
    await page.keyboard.press('ArrowUp')
    await page.waitForFunction((id) => document.activeElement?.getAttribute('data-row') === id, `m${n}`)
  }
  await sees(page, 61)
  await page.keyboard.press('ArrowDown')
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-row') === 'm62')
  await page.keyboard.press('Tab')
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Reply to 62')
  await wheel(page, 20_000)
  await sees(page, 100)
  await expect.poll(focused).toBe('m62')
})

it('[DSG25] a log speaks of new rows at the end, and is silent while older ones are read', async () => {
  await using opening = await gallery.open('log')
  const { page } = opening
  await sees(page, 100)
  await expect.poll(() => log(page).getAttribute('aria-live')).toBe('polite')
  await expect.poll(() => log(page).getAttribute('aria-label')).toBe('Messages in General')
  await wheel(page, -1_500)
  await expect.poll(() => log(page).getAttribute('aria-live')).toBe('off')
  await press(page, 'Add one')
  await page.getByRole('status').filter({ hasText: '1 new below' }).waitFor({ state: 'attached' })
})

it('[DSG19] few rows stand at the bottom, and none leave room for a word', async () => {
  await using opening = await gallery.open('log')
  const { page } = opening
  await press(page, 'Three')
  await sees(page, 3)
  const gap = await page.evaluate(() => {
    const bottom = (selector: string): number => document.querySelector(selector)?.getBoundingClientRect().bottom ?? NaN
    return bottom('[role=log]') - bottom('.message[data-n="3"]')
  })
  expect(gap).toBeLessThanOrEqual(1)
  await press(page, 'None')
  await page.getByText('No messages yet').waitFor()
  await press(page, 'Add one')
  await sees(page, 1)
})
