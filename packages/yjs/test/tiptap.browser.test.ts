import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PadPage } from './client/fixtures/pad-page.ts'
import { PadSite } from './client/fixtures/pad-site.ts'

declare const padPage: PadPage

const textOf = (page: Page) => page.evaluate(() => padPage.text())
const stateOf = (page: Page) => page.evaluate(() => padPage.state())
const saved = { status: 'connected', synced: true, unsaved: 0 }

/** At the end of what is there, with the keyboard. */
async function type(page: Page, text: string): Promise<void> {
  await page.locator('.tiptap').focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
}

/** Resolves with the text once it is the same on all pages, and stored. */
async function agree(...pages: readonly Page[]): Promise<string> {
  await expect.poll(() => Promise.all(pages.map(stateOf))).toEqual(pages.map(() => saved))
  await expect.poll(async () => new Set(await Promise.all(pages.map(textOf))).size).toBe(1)
  expect(await Promise.all(pages.map((page) => page.evaluate(() => padPage.errors)))).toEqual(pages.map(() => []))
  return textOf(pages[0]!)
}

const lettersOf = (text: string) => text.replaceAll('\n', '').split('').toSorted().join('')

let site: PadSite

beforeAll(async () => {
  site = await PadSite.open()
})

afterAll(() => site[Symbol.asyncDispose]())

describe('pages with an editor', () => {
  it('[DOC123, DOC121] Tiptap edits at once in two pages, cut off, over a reload and a restart of the server', async () => {
    const ada = await site.visit({ user: 'ada', persist: 'ada' })
    const ben = await site.visit({ user: 'ben' })
    await agree(ada, ben)
    await Promise.all([type(ada, 'hello'), type(ben, 'WORLD')])
    expect(lettersOf(await agree(ada, ben))).toBe(lettersOf('helloWORLD'))

    await ada.context().setOffline(true)
    await expect.poll(() => stateOf(ada)).toMatchObject({ status: 'connecting' })
    await Promise.all([type(ada, '12345'), type(ben, '67890')])
    await expect.poll(() => stateOf(ada)).toMatchObject({ synced: false, unsaved: 5 })
    await ada.context().setOffline(false)
    const merged = await agree(ada, ben)
    expect(lettersOf(merged)).toBe(lettersOf('helloWORLD1234567890'))

    await site.stop()
    await expect.poll(() => stateOf(ada)).toMatchObject({ status: 'connecting' })
    await type(ada, 'offline')
    await expect.poll(() => ada.evaluate(() => padPage.isKept())).toBe(true)
    await ada.reload()
    await ada.waitForFunction(() => 'padPage' in window)
    await ada.evaluate(() => padPage.loaded())
    expect(lettersOf(await textOf(ada))).toBe(lettersOf(`${merged}offline`))
    await type(ada, '!')
    await site.start()
    const all = await agree(ada, ben)
    expect(lettersOf(all)).toBe(lettersOf(`${merged}offline!`))

    await ben.evaluate(() => padPage.undo())
    const undone = await agree(ada, ben)
    expect(undone.length).toBeLessThan(all.length)
    const ofAda = undone.replaceAll(/[WORLD6-90]/g, '')
    expect(lettersOf(ofAda)).toBe(lettersOf('hello12345offline!'))
  })

  it('[DOC121] what is kept for a document is gone when it is forgotten', async () => {
    const eve = await site.visit({ user: 'eve', persist: 'eve' })
    const before = await agree(eve)
    expect(before).not.toBe('')
    const names = () => eve.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
    await expect.poll(names).toContain('eve')
    await eve.evaluate(() => padPage.forget())
    await expect.poll(names).not.toContain('eve')
  })
})
