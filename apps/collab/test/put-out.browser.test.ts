import { readFile } from 'node:fs/promises'
import { barriers, isKeptOffline, type Visitor } from '@millrace/app-design/test-kit'
import { expect, it } from 'vitest'
import { copyName } from '../web/copy/copy-name.ts'
import { deskPlace } from '../web/desk/desk-place.ts'
import { collabScene } from './collab-scene.ts'
import type { Writer } from './writer.ts'

const scene = collabScene()

/** Ada's document, which Bob has open as an editor and on his device. */
async function shared() {
  const [hers, his] = [await scene.visitor('Ada'), await scene.visitor('Bob')]
  const id = await scene.write(hers, 'Plan', 'One line.')
  await scene.letIn(hers, his, id, 'editor')
  const bob = await scene.come(his, id)
  await bob.goToLine('One line.')
  await bob.type(' And more.')
  await bob.says('Saved')
  const isKept = () => hasCopy(bob, his, id)
  expect(await isKept()).toBe(true)
  const remove = () => scene.ask(hers, (space) => space.request('document.remove', { id }))
  return { id, hers, his, bob, isKept, remove }
}

function hasCopy({ page }: Writer, { user }: Visitor, documentId: string): Promise<boolean> {
  const copy = copyName(user.id, documentId)
  return page.evaluate(async (name) => (await indexedDB.databases()).some((each) => each.name === name), copy)
}

it('[COL95, COL97] a document that was deleted leaves the device; a connection that is lost takes nothing', async () => {
  const { bob, isKept, remove } = await shared()
  await bob.goOffline()
  await bob.seesLines(['One line. And more.'])
  expect(await isKept()).toBe(true)
  await bob.context.setOffline(false)
  await bob.says('Saved')
  await remove()
  await bob.page.getByText('This document is not here for you').waitFor()
  await expect.poll(isKept).toBe(false)
})

it('[COL95] a document that left the list leaves the device, with its comments and its title', async () => {
  const { id, his, bob, isKept, remove } = await shared()
  const remembered = () => bob.page.evaluate((place) => sessionStorage.getItem(place), deskPlace(his.user.id, id))
  await bob.page.getByRole('link', { name: 'All documents' }).click()
  await bob.documents.filter({ hasText: 'Plan' }).waitFor()
  expect(await remembered()).not.toBeNull()
  await remove()
  await expect.poll(() => bob.documents.filter({ hasText: 'Plan' }).count()).toBe(0)
  await expect.poll(isKept).toBe(false)
  await expect.poll(remembered).toBeNull()
})

it('[COL96] a title for a document that went meanwhile, and was never opened here, is pointed to and can be discarded', async () => {
  const [hers, his] = [await scene.visitor('Ada'), await scene.visitor('Bob')]
  const id = await scene.write(hers, 'Plan', 'One line.')
  await scene.letIn(hers, his, id, 'editor')
  const bob = await scene.come(his)
  await bob.documents.filter({ hasText: 'Plan' }).waitFor()
  await isKeptOffline(bob.page)
  await bob.context.setOffline(true)
  await bob.page.reload()
  await bob.button('Actions for Plan').click()
  await bob.page.getByRole('menuitem', { name: 'Rename' }).click()
  await bob.page.getByRole('textbox', { name: 'Title' }).fill('Never sent')
  await bob.page.keyboard.press('Enter')
  await bob.documents.filter({ hasText: 'Never sent' }).waitFor()
  await scene.ask(hers, (space) => space.request('document.remove', { id }))
  await bob.context.setOffline(false)
  const notice = bob.page.getByRole('region', { name: 'A document is not yours any more' })
  await notice.getByRole('link').click({ timeout: 20_000 })
  await bob.button('Remove it from this device').click()
  await bob.page.getByText('This device keeps nothing of it any more.').waitFor()
  await bob.button('Your documents').click()
  await bob.documents.first().waitFor()
  expect(await notice.count()).toBe(0)
})

it('[COL96] what was never sent is offered before the copy goes', async () => {
  const { bob, isKept, remove } = await shared()
  await bob.goOffline()
  await bob.goToLine('One line.')
  await bob.type(' Never sent.')
  await bob.button('Comment').click()
  await bob.page.getByRole('textbox', { name: 'Your comment' }).fill('Nor this.')
  await bob.page.keyboard.press('Control+Enter')
  await remove()
  await bob.context.setOffline(false)
  const unsent = bob.page.getByText(/\d+ changes of yours were never sent/)
  await unsent.waitFor({ timeout: 20_000 })
  expect(await barriers(bob.page)).toEqual([])
  expect(await isKept()).toBe(true)
  await bob.button('Your documents').click()
  await bob.page.getByRole('region', { name: 'A document is not yours any more' }).getByRole('link').click()
  // Before the server has said it again, downloading takes nothing away.
  await unsent.waitFor()
  const download = bob.page.waitForEvent('download')
  await bob.button('Download the text').click()
  const text = await readFile(await (await download).path(), 'utf8')
  expect(text).toBe('One line. And more. Never sent.\n\n---\n\nComments that were never sent:\n\n- Nor this.\n')
  await bob.page.getByText('This device keeps nothing of it any more.').waitFor()
  await expect.poll(isKept).toBe(false)
  await bob.button('Your documents').click()
  await bob.documents.first().waitFor()
  expect(await bob.page.getByRole('region', { name: 'A document is not yours any more' }).count()).toBe(0)
})
