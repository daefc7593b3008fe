import { barriers, beyondWindow } from '@millrace/app-design/test-kit'
import { expect, it } from 'vitest'
import type { DeskRoom } from '../web/desk/use-desk.ts'
import { commentOn } from './store-fixture.ts'
import { collabScene } from './collab-scene.ts'
import type { Writer } from './writer.ts'

const scene = collabScene()

/** Bob's document with a comment of his, which Ada has open as an editor. */
async function commented() {
  const [his, hers] = [await scene.visitor('Bob'), await scene.visitor('Ada')]
  const id = await scene.write(his, 'Draft', 'First line.\n\nLast line.')
  await scene.letIn(his, hers, id, 'editor')
  /** Bob at the desk, without a browser. */
  const asBob = <T>(work: (desk: DeskRoom) => Promise<T>): Promise<T> =>
    scene.ask(his, async (space) => {
      const desk = space.room('desk', { documentId: id })
      await desk.join()
      return work(desk)
    })
  const { id: commentId } = await asBob((desk) => desk.request('comment.add', commentOn('Is this right?')))
  const ada = await scene.come(hers, id)
  const panel = await ada.open('Comments')
  await panel.getByText('Is this right?').waitFor()
  return { id, his, hers, ada, asBob, commentId }
}

async function reply(writer: Writer, text: string): Promise<void> {
  const panel = writer.panel('Comments')
  await panel.getByRole('textbox', { name: 'Reply to Bob' }).fill(text)
  await panel.getByRole('button', { name: 'Reply', exact: true }).click()
}

it('[COL93] what is said without a connection waits, survives a reload and is done once', async () => {
  const { id, his, ada } = await commented()
  await ada.goOffline()
  const panel = await ada.open('Comments')
  await reply(ada, 'I think so.')
  await panel.getByRole('button', { name: 'Resolve' }).click()
  await ada.goToLine('Last line.')
  await ada.page.keyboard.press('Shift+Home')
  await ada.button('Comment').click()
  await ada.page.getByRole('textbox', { name: 'Your comment' }).fill('And this?')
  await ada.page.keyboard.press('Control+Enter')
  const title = ada.page.getByRole('textbox', { name: 'Title' })
  await title.fill('Final')
  await title.press('Enter')
  const own = ada.panel('Comments').getByRole('article', { name: 'Comment of Ada' })
  const areWaiting = async (): Promise<void> => {
    await own.getByText('Waiting to be sent').waitFor()
    await own.getByText('And this?').waitFor()
    await expect.poll(() => title.inputValue()).toBe('Final')
    await ada.page.getByRole('banner').getByText('Waiting to be sent').waitFor()
    await ada.panel('Comments').getByText('One resolved comment').click()
    const his = ada.panel('Comments').getByRole('article', { name: 'Comment of Bob, resolved' })
    await his.getByText('I think so.').waitFor()
    await his.getByText('Waiting to be told to the others').waitFor()
  }
  await areWaiting()
  expect([await barriers(ada.page), await beyondWindow(ada.page)]).toEqual([[], []])
  await ada.page.reload()
  await ada.open('Comments')
  await areWaiting()

  await ada.context.setOffline(false)
  await expect.poll(() => ada.page.getByText(/^Waiting to be/).count(), { timeout: 20_000 }).toBe(0)
  const bob = await scene.come(his, id)
  expect(await bob.page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Final')
  const theirs = await bob.open('Comments')
  await theirs.getByText('One resolved comment').click()
  for (const said of ['And this?', 'I think so.']) {
    await theirs.getByText(said).waitFor()
    expect(await theirs.getByText(said).count()).toBe(1)
  }
  await bob.page.getByRole('link', { name: 'All documents' }).click()
  await bob.documents.filter({ hasText: 'Final' }).waitFor()
})

it('[COL94] what is refused says so where it stands, and is tried again or discarded', async () => {
  const { id, his, hers, ada, asBob, commentId } = await commented()
  await ada.goOffline()
  const panel = await ada.open('Comments')
  await reply(ada, 'Too late.')
  const title = ada.page.getByRole('textbox', { name: 'Title' })
  await title.fill('Mine')
  await title.press('Enter')
  await asBob((desk) => desk.request('comment.remove', { id: commentId }))
  await ada.context.setOffline(false)
  const lost = panel.getByRole('article', { name: 'Not sent' })
  await lost.getByText('Too late.').waitFor({ timeout: 20_000 })
  await lost.getByText('this comment is not in the document any more').waitFor()
  expect(await barriers(ada.page)).toEqual([])
  await lost.getByRole('button', { name: 'Discard' }).click()
  await expect.poll(() => lost.count()).toBe(0)
  // Its button took the focus; the next key is for the panel.
  const heading = panel.getByRole('heading', { name: 'Comments' })
  expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true)
  await expect.poll(() => ada.page.getByText(/^Waiting to be/).count()).toBe(0)

  await ada.goOffline()
  await title.fill('Not to be')
  await title.press('Enter')
  await asBob(async (desk) => {
    const { links } = await desk.request('link.list', {})
    for (const link of links) await desk.request('link.end', { id: link.id })
  })
  await scene.letIn(his, hers, id, 'reader')
  await ada.context.setOffline(false)
  const notice = ada.page.getByRole('region', { name: 'The new title was not taken' })
  await notice.waitFor({ timeout: 20_000 })
  await notice.getByText(/Not to be.*You may read this document/).waitFor()
  await scene.letIn(his, hers, id, 'editor')
  await notice.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(() => notice.count()).toBe(0)
  expect(await ada.page.evaluate(() => document.activeElement === document.body)).toBe(false)
  await expect
    .poll(() => scene.ask(his, async (space) => (await space.request('document.find', { id })).title))
    .toBe('Not to be')
})
