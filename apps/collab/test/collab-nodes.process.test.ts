import { startPostgres, type Postgres } from '@millrace/app-database/test-postgres'
import { memory } from '@millrace/server'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startCollab, startPlan } from './start-collab.ts'
import { commentOn } from './store-fixture.ts'

let postgres: Postgres

beforeAll(async () => {
  postgres = await startPostgres()
})

afterAll(() => postgres[Symbol.asyncDispose]())

it('[COL34] nodes that share the stores serve one collab', async () => {
  const place = { databaseUrl: await postgres.createDatabase(), isEmpty: true }
  const events = memory()
  const { node, ada, desk, edit } = await startPlan({ place, events })
  const other = await startCollab({ place, events })
  const bob = await other.connect('bob')
  const [shelf, his] = [await bob.shelf(), bob.desk('plan')]
  const { snapshot } = await his.join()
  expect(snapshot).toMatchObject({ title: 'Plan', comments: [] })
  const pages = [ada.page('plan'), bob.page('plan')] as const
  for (const { provider } of pages) await provider.whenSynced
  for (let index = 0; index < 20; index++) pages[index % 2]?.text.insert(index, String(index % 10))
  await vi.waitFor(() => expect(pages.map(({ provider }) => provider.unsaved)).toEqual([0, 0]))
  await vi.waitFor(() => expect(pages[1].read()).toBe(pages[0].read()))
  expect(await other.textOf('plan')).toBe(pages[0].read())
  expect(pages[0].read()).toHaveLength('first words\nand more'.length + 20)

  const heard: string[] = []
  desk.on('comment', ({ text, replies }) => void heard.push(`${text} ${replies.length}`))
  await his.request('comment.add', commentOn('from there'), { key: 'k1' })
  await his.request('comment.reply', { id: 'k1', text: 'more' })
  await vi.waitFor(() => expect(heard).toEqual(['from there 0', 'from there 1']))
  await desk.request('title.set', { title: 'Ours' })
  await vi.waitFor(() => expect(shelf.get('plan')?.title).toBe('Ours'))

  // What one node takes away is gone on the other.
  const out = new Promise((resolve) => pages[1].provider.once('ended', resolve))
  await desk.request('link.end', { id: edit.id })
  await expect(out).resolves.toMatchObject({ code: 'FORBIDDEN' })
  await vi.waitFor(() => expect(shelf.get('plan')).toBeUndefined())
  expect(await his.tryRequest('comment.add', commentOn('late'))).toMatchObject({ ok: false })
  expect([...node.errors, ...other.errors]).toEqual([])
})
