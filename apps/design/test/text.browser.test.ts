import { afterAll, beforeAll, expect, it } from 'vitest'
import { hostileTexts } from '../gallery/hostile-texts.ts'
import { Gallery } from './gallery.ts'

let gallery: Gallery

beforeAll(async () => {
  gallery = await Gallery.start()
})

afterAll(() => gallery[Symbol.asyncDispose]())

it('[DSG15, DSG16] what people write to see what happens is text, and links are harmless', async () => {
  await using opening = await gallery.open('text')
  const { page, complaints } = opening
  const shown = page.getByTestId('hostile')
  await shown.first().waitFor()
  await expect.poll(() => shown.allTextContents()).toEqual([...hostileTexts])
  const elements = await shown.locator('*').evaluateAll((all) => [...new Set(all.map(({ tagName }) => tagName))])
  expect(elements.toSorted()).toEqual(['A', 'BDI', 'DIV'])
  const links = await shown
    .locator('a')
    .evaluateAll((all) =>
      all.map((link) => link as HTMLAnchorElement).map(({ protocol, rel, target }) => ({ protocol, rel, target })),
    )
  expect(links.length).toBeGreaterThan(6)
  expect(new Set(links.map(({ protocol }) => protocol))).toEqual(new Set(['http:', 'https:', 'mailto:']))
  expect(links.every(({ rel, target }) => rel === 'noopener noreferrer nofollow' && target === '_blank')).toBe(true)
  await expect.poll(() => page.title()).toBe('Gallery - Millrace')
  expect(complaints).toEqual([])
})

it('[DSG17] each line has its own direction', async () => {
  await using opening = await gallery.open('text')
  const { page } = opening
  const mixed = page.getByTestId('hostile').filter({ hasText: 'English on the next line' }).locator('.mr-rich')
  const [rightToLeft, leftToRight] = await mixed.evaluate((element) => {
    const { left, right } = element.getBoundingClientRect()
    const boxOf = (node: Node, from: number, to: number): DOMRect => {
      const range = document.createRange()
      range.setStart(node, from)
      range.setEnd(node, to)
      return range.getBoundingClientRect()
    }
    const first = element.firstChild
    const last = element.lastChild
    if (!first || !last?.textContent) throw new Error('no text')
    const english = last.textContent.indexOf('and')
    return [right - boxOf(first, 0, 1).right, boxOf(last, english, english + 1).left - left]
  })
  expect(rightToLeft).toBeLessThan(2)
  expect(leftToRight).toBeLessThan(2)
})

it('[DSG18] mentions stand out, the own one more', async () => {
  await using opening = await gallery.open('text')
  const mentions = opening.page.locator('.specimen').first().locator('.mr-mention')
  await expect.poll(() => mentions.allTextContents()).toEqual(['@Ada Lovelace', '@Grace Hopper'])
  const looks = await mentions.evaluateAll((all) => all.map((mention) => getComputedStyle(mention).backgroundColor))
  expect(new Set(looks).size).toBe(2)
})
