import { expect, it } from 'vitest'
import { isBarred } from '../web/copy/is-barred.ts'
import { startPlan } from './start-collab.ts'
import { forbidden } from './store-fixture.ts'

it('[COL95, COL97] who may not open a document is barred from it, and only the server’s own word counts', async () => {
  const { node, ada, bob, desk, edit } = await startPlan()
  expect(await isBarred(bob.space, 'bob', 'plan')).toBe(false)
  await desk.request('link.end', { id: edit.id })
  expect(await isBarred(bob.space, 'bob', 'plan')).toBe(true)
  // The page is still that of somebody who signed out: eve is asked about bob's documents.
  expect(await isBarred(ada.space, 'bob', 'plan')).toBe(false)
  const eve = await node.connect('eve')
  await ada.space.request('document.remove', { id: 'plan' })
  await expect(eve.space.request('document.find', { id: 'plan' })).rejects.toMatchObject(forbidden)
  expect(await isBarred(eve.space, 'bob', 'plan')).toBe(false)
  expect(await isBarred(eve.space, 'eve', 'plan')).toBe(true)
  await eve.client.close()
  await expect(isBarred(eve.space, 'eve', 'plan')).rejects.toMatchObject({ code: 'DISCONNECTED' })
})
