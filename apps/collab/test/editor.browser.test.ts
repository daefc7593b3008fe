import { DocumentProvider } from '@millrace/yjs/client'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { pageText } from '../contract.ts'
import { collabScene } from './collab-scene.ts'

const scene = collabScene()

async function pair(text: string, role: 'editor' | 'reader' = 'editor') {
  const [hers, his] = [await scene.visitor('Ada'), await scene.visitor('Bob')]
  const id = await scene.write(hers, 'Draft', text)
  await scene.letIn(hers, his, id, role)
  return { id, hers, his, ada: await scene.come(hers, id), bob: await scene.come(his, id) }
}

it('[COL72] carets and selections of others bear their names, and who is here leads to them', async () => {
  const { ada, bob } = await pair(['First.', ...Array.from({ length: 80 }, () => ''), 'Last.'].join('\n'))
  const caret = ada.text.locator('.remote-caret')
  await bob.page.keyboard.press('Tab')
  await bob.text.focus()
  await bob.page.keyboard.press('Control+End')
  await bob.page.keyboard.press('Shift+Home')
  await ada.text.focus()
  await ada.page.keyboard.press('Control+End')
  await caret.waitFor()
  expect(await caret.innerText()).toBe('Bob')
  await expect.poll(() => ada.text.locator('.remote-selection').allInnerTexts()).toEqual(['Last.'])
  const inView = (): Promise<number> =>
    caret.evaluateAll((carets) => {
      const tops = carets.map((at) => at.getBoundingClientRect().top)
      return tops.filter((top) => top >= 0 && top < innerHeight).length
    })
  await ada.page.keyboard.press('Control+Home')
  await expect.poll(inView).toBe(0)
  await ada.button('Bob: go to their cursor').click()
  await expect.poll(inView).toBe(1)
  const color = await caret.evaluate((at) => getComputedStyle(at.firstElementChild ?? at).backgroundColor)
  expect(color).toMatch(/^rgb\(\d+, \d+, \d+\)$/)
  await ada.button('2 here, show who').click()
  const here = ada.page.getByRole('dialog').getByRole('listitem')
  await expect
    .poll(() => here.allInnerTexts())
    .toEqual([expect.stringContaining('Ada (you)'), expect.stringContaining('Bob')])
  await ada.page.keyboard.press('Escape')
  await bob.page.getByRole('link', { name: 'All documents' }).click()
  await caret.waitFor({ state: 'detached' })
})

it('[COL71, COL73] undo and redo leave alone what others wrote', async () => {
  const { ada, bob } = await pair('- mine')
  await ada.goToLine('- mine')
  await ada.page.keyboard.press('Enter')
  await ada.type('of Ada')
  await bob.seesLines(['- mine', '- of Ada'])
  await bob.goToLine('- mine')
  await bob.type(', of Bob too')
  await ada.seesLines(['- mine, of Bob too', '- of Ada'])
  await ada.page.keyboard.press('Control+z')
  for (const writer of [ada, bob]) await writer.seesLines(['- mine, of Bob too'])
  await ada.page.keyboard.press('Control+z')
  await ada.page.keyboard.press('Control+Shift+Z')
  await ada.page.keyboard.press('Control+Shift+Z')
  for (const writer of [ada, bob]) await writer.seesLines(['- mine, of Bob too', '- of Ada'])
  await bob.button('Undo your own change').click()
  for (const writer of [ada, bob]) await writer.seesLines(['- mine', '- of Ada'])
})

it('[COL66, COL74] a reader changes nothing until the role rises, and is put out when the document goes', async () => {
  const { id, hers, his, ada, bob } = await pair('- [ ] Task', 'reader')
  await bob.page.getByText('You may read this document, not change it.').waitFor()
  await bob.text.click()
  await bob.type('mine')
  await bob.page.keyboard.press('Control+b')
  const box = bob.preview.getByRole('checkbox', { name: 'Task' })
  expect(await box.isDisabled()).toBe(true)
  expect(await bob.page.getByRole('textbox', { name: 'Title' }).count()).toBe(0)
  expect(await bob.page.getByRole('toolbar').getByRole('button').allTextContents()).toHaveLength(1)
  await ada.goToLine('Task')
  await ada.type(' of Ada')
  for (const writer of [ada, bob]) await writer.seesLines(['- [ ] Task of Ada'])

  await scene.letIn(hers, his, id, 'editor')
  await bob.page.getByRole('textbox', { name: 'Title' }).waitFor()
  await bob.preview.getByRole('checkbox', { name: 'Task of Ada' }).click()
  for (const writer of [ada, bob]) await writer.seesLines(['- [x] Task of Ada'])
  await scene.ask(hers, (space) => space.request('document.remove', { id }))
  await bob.page.getByText('This document is not here for you').waitFor()
  const saved = bob.page.waitForEvent('download')
  await bob.button('Download the text').click()
  expect((await saved).suggestedFilename()).toMatch(/\.md$/)
  await bob.button('Your documents').click()
  await bob.documents.first().waitFor()
})

const hostile = [
  '<script>globalThis.harmed = 1</script>',
  '',
  '<img src=x onerror="globalThis.harmed = 2"><svg onload="globalThis.harmed = 3">',
  '',
  '[a](javascript:globalThis.harmed=4) [b](JaVaScRiPt:x) [c](data:text/html,<script>globalThis.harmed=5</script>)',
  '',
  '![d](data:image/png;base64,PHN2Zy8+) ![e](https://127.0.0.1:1/e.png) [f](/session) [g](https://example.com "t")',
  '',
  '<a href="//example.com" onclick="globalThis.harmed = 6">h</a> <form action="/session"><input name=x></form>',
  '',
  '- [ ] "><img src=x onerror="globalThis.harmed = 7">',
]

it('[COL70, COL83] markup in a text stays text, and links go nowhere but to other sites', async () => {
  const { id, hers, ada } = await pair(hostile.join('\n'))
  await ada.preview.getByText('<script>globalThis.harmed = 1</script>').waitFor()
  const found = await ada.preview.evaluate((preview) => ({
    tags: [...new Set([...preview.querySelectorAll('*')].map(({ localName }) => localName))].toSorted(),
    attributes: [
      ...new Set([...preview.querySelectorAll('*')].flatMap((element) => element.getAttributeNames())),
    ].toSorted(),
    links: [...preview.querySelectorAll('a')].map(({ href, rel, target }) => [href, rel, target]),
  }))
  expect(found.tags).toEqual(['a', 'article', 'input', 'li', 'p', 'span', 'ul'])
  expect(found.attributes.filter((name) => name.startsWith('on') || name === 'style' || name === 'src')).toEqual([])
  const rest = ['noopener noreferrer nofollow', '_blank']
  expect(found.links).toEqual([
    ['https://127.0.0.1:1/e.png', ...rest],
    ['https://example.com/', ...rest],
  ])
  expect(await ada.page.evaluate(() => 'harmed' in globalThis)).toBe(false)
  const copied = await scene.come(hers, id, { permissions: ['clipboard-read', 'clipboard-write'] })
  await copied.button('More').click()
  await copied.page.getByRole('menuitem', { name: 'Copy as HTML' }).click()
  await copied.page.getByText('The HTML is in the clipboard.').waitFor()
  const html = await copied.page.evaluate(() => navigator.clipboard.readText())
  expect(html).toContain('&lt;script&gt;')
  expect(html).not.toMatch(/<(script|img|svg|form)|="javascript:|data-/i)
})

it('[COL68, COL71, COL75] tools, search, the preview beside the text, and the text as a file', async () => {
  const { ada } = await pair(Array.from({ length: 120 }, (_, index) => `Paragraph ${index} has words.`).join('\n\n'))
  await ada.goToLine('Paragraph 0')
  await ada.page.keyboard.press('Home')
  await ada.button('Heading').click()
  await ada.preview.getByRole('heading', { name: 'Paragraph 0 has words.' }).waitFor()
  await ada.page.keyboard.press('Control+f')
  await ada.page.getByRole('textbox', { name: 'Find' }).pressSequentially('Paragraph 90')
  await ada.page.keyboard.press('Enter')
  const shown = ada.preview.getByText('Paragraph 90 has words.')
  const isInSight = () =>
    shown.evaluate((at) => at.getBoundingClientRect().bottom > 0 && at.getBoundingClientRect().top < innerHeight)
  await expect.poll(isInSight).toBe(true)
  await ada.page.keyboard.press('Escape')
  await ada.page.getByText('480 words').waitFor()
  await ada.button('Write').click()
  const inView = () => Promise.all([ada.preview.isVisible(), ada.text.isVisible()])
  await expect.poll(inView).toEqual([false, true])
  await ada.button('Read').click()
  await expect.poll(inView).toEqual([true, false])
  const saved = ada.page.waitForEvent('download')
  await ada.button('More').click()
  await ada.page.getByRole('menuitem', { name: 'Download Markdown' }).click()
  expect((await saved).suggestedFilename()).toBe('Draft.md')
})

it('[COL85] what is no text, and another client put there, harms no editor and is taken out', async () => {
  const { id, his, hers, ada, bob } = await pair('One.\n\nTwo.')
  const eves = await scene.visitor('Eve')
  await scene.letIn(hers, eves, id, 'reader')
  const eve = await scene.come(eves, id)
  for (const writer of [ada, bob]) await writer.context.setOffline(true)
  await scene.ask(his, async (space) => {
    const room = space.room('page', { documentId: id })
    for (const harm of [
      (doc: Y.Doc) => doc.getText(pageText).insertEmbed(2, { odd: true }),
      (doc: Y.Doc) => doc.getArray(pageText).insert(0, [1, 2]),
    ]) {
      const doc = new Y.Doc()
      const provider = new DocumentProvider({ room, doc })
      await provider.whenSynced
      harm(doc)
      await expect.poll(() => provider.unsaved).toBe(0)
      provider.destroy()
    }
  })
  await eve.seesLines(['\uFFFC\uFFFCOn\uFFFCe.', '', 'Two.'])
  await ada.goToLine('Two.')
  await ada.type(' Three.')
  for (const writer of [ada, bob]) await writer.context.setOffline(false)
  for (const writer of [ada, bob, eve]) await writer.seesLines(['One.', '', 'Two. Three.'])
  await bob.goToLine('One.')
  await bob.type(' Half.')
  for (const writer of [ada, bob, eve]) await writer.seesLines(['One. Half.', '', 'Two. Three.'])
})
