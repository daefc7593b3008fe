import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { lookAt } from './canvas-look.ts'
import { ChartsSite } from './charts-site.ts'

/** Of 15 s: nodes tell once a second, and the newest may be on its way. */
const newest = 0.84

let site: ChartsSite
beforeAll(async () => {
  site = await ChartsSite.start()
})
afterEach(() => Promise.all(site.browser.contexts().map((context) => context.close())))
afterAll(() => site[Symbol.asyncDispose]())

it('[CHT60, CHT70, CHT84] shows a guest every node at first sight, and what all of it costs', async () => {
  const { page, complaints } = await site.open('')
  const values = page.getByRole('list', { name: /: values$/ })
  await expect.poll(() => values.count()).toBe(9)
  const text = async (name: string): Promise<string> =>
    (await page.getByRole('list', { name: `${name}: values` }).textContent()) ?? ''
  await expect.poll(() => text('CPU of the machine')).toMatch(/^mill-1 \d+(\.\d)? %$/)
  await expect.poll(() => text('Connections')).toMatch(/^mill-1 [1-9]\d*$/)
  const cost = (name: string) => page.locator(`[data-cost="${name}"]`).textContent()
  await expect.poll(() => cost('updatesIn')).toMatch(/^[\d,.]+k?\/s$/)
  await expect.poll(() => cost('received')).toMatch(/^[1-9][\d.]* k?B\/s$/)
  await page.getByRole('checkbox', { name: 'mill-1' }).uncheck()
  await expect.poll(() => text('CPU of the machine')).toBe('')
  await expect.poll(() => page.url()).toContain('hide=mill-1')
  expect(complaints).toEqual([])
})

it('[CHT61, CHT65, CHT66, CHT68] an enlarged chart is paused, read with the keys, watched and shared', async () => {
  const { page, complaints } = await site.open('machines?large=memory&last=1m', {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const values = page.getByRole('list', { name: 'Memory in use: values' })
  await expect.poll(() => values.textContent()).toMatch(/GB$/)
  await page.getByRole('button', { name: 'Alert for Memory in use' }).click()
  await page.getByRole('textbox', { name: 'Value in GB' }).fill('0.001')
  await page.keyboard.press('Enter')
  const notice = page.getByRole('region', { name: 'Notices' }).getByText('Memory in use: mill-1')
  await notice.waitFor()
  await expect.poll(() => page.title()).toBe('(!) Memory in use - Millrace')

  const chart = page.getByRole('application', { name: 'Memory in use' })
  await chart.press('Space')
  await page.getByRole('button', { name: 'Catch up' }).waitFor()
  await chart.press('Shift+ArrowLeft')
  await expect
    .poll(() => page.locator('.time-plot > output').textContent())
    .toMatch(/^\d\d:\d\d:\d\d: mill-1 [\d.]+ GB$/)
  await page.getByText('Memory in use: Table').click()
  await page.getByRole('region', { name: 'Memory in use, numbers' }).getByRole('row').nth(12).waitFor()
  await page.getByText('Memory in use: Table').click()
  await page.getByRole('button', { name: 'Share this view' }).click()
  // The browser writes it when it comes to it.
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(clipboard).toMatch(/#machines\?from=\d+&to=\d+&large=memory&alert=memory:above:1000000$/)
  const shared = await clipboard()

  const other = await site.open(shared.split('#')[1] ?? '')
  const same = other.page.getByRole('application', { name: 'Memory in use' })
  // What is drawn comes some frames after what it says.
  const looks = () => Promise.all([chart, same].map((each) => lookAt(each, 0, 1)))
  await expect.poll(async () => new Set((await looks()).map((look) => JSON.stringify(look))).size).toBe(1)
  await other.page.getByRole('button', { name: 'above 0.001 GB' }).waitFor()
  await expect.poll(() => other.page.title()).toBe('(!) Memory in use - Millrace')

  await page.getByRole('button', { name: 'Catch up' }).click()
  await expect.poll(async () => (await lookAt(chart, 0.85, 0.94)).bare).toBe(0)
  await page.getByRole('button', { name: 'No alert for Memory in use' }).click()
  await expect.poll(() => page.title()).toBe('Memory in use - Millrace')
  expect([complaints, other.complaints]).toEqual([[], []])
})

it('[CHT67] without a connection it is grey, and then goes on without a hole, also where it was left meanwhile', async () => {
  const { page } = await site.open('machines?large=connections&last=15s')
  const chart = page.getByRole('application', { name: 'Connections' })
  await expect.poll(async () => (await lookAt(chart, 0.5, newest)).bare, { timeout: 30_000 }).toBe(0)
  expect((await lookAt(chart, 0.5, 1)).isGrey).toBe(false)
  site.network.refuse()
  site.network.reset()
  await page.getByText('You are offline').waitFor()
  await expect.poll(async () => (await lookAt(chart, 0.6, 1)).bare, { timeout: 20_000 }).toBeGreaterThan(200)
  expect((await lookAt(chart, 0.5, 1)).isGrey).toBe(true)
  for (const tab of ['Log', 'Machines']) await page.getByRole('link', { name: tab }).first().click()
  site.network.restore()
  await expect.poll(() => lookAt(chart, 0.2, newest), { timeout: 20_000 }).toEqual({ bare: 0, isGrey: false })
})
