import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fail } from '@millrace/contract'
import { sqlite } from '@millrace/sqlite'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { CollabStore } from '../store/collab-store.ts'
import { databaseFile, startCollab, startPlan } from './start-collab.ts'

function eventsFile() {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-collab-rooms-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return () => sqlite({ file: join(folder, 'rooms.sqlite') })
}

/** Stores what it is given, and forgets to say so. */
const mute = (store: CollabStore): CollabStore => ({
  ...store,
  unpublished: async (write) => {
    if (write) throw fail('UNAVAILABLE', 'the database went away')
    return store.unpublished()
  },
})

it('[COL27] what a process stored and could not tell, the next one tells, once', async () => {
  const [place, events] = [databaseFile(), eventsFile()]
  const told = await startPlan({ place, events: events() })
  await told.desk.request('title.set', { title: 'Before' }, { key: 'k1' })
  await told.node.close()

  const dying = await startCollab({ place, events: events(), wrap: mute })
  const writer = await dying.connect('ada')
  const desk = writer.desk('plan')
  await desk.join()
  const lost = Promise.all([
    writer.space.tryRequest('document.importMarkdown', { title: 'New', text: 'new text' }, { key: 'new' }),
    desk.tryRequest('title.set', { title: 'After' }, { key: 'k2' }),
  ])
  const isKnown = (key: string) => dying.store.isKnown({ userId: 'ada', key })
  await vi.waitFor(async () => expect(await Promise.all([isKnown('new'), isKnown('k2')])).toEqual([true, true]))
  await dying.close()
  expect((await lost).map(({ ok }) => ok)).toEqual([false, false])

  const next = await startCollab({ place, events: events() })
  const reader = await next.connect('bob')
  const after = reader.desk('plan')
  await after.join()
  const titles = async () => (await after.history()).events.map(({ key, payload }) => [key, payload])
  expect(await titles()).toMatchObject([
    ['k1', { title: 'Before' }],
    ['k2', { title: 'After' }],
  ])
  expect(await next.textOf('new')).toBe('new text')
  const shelf = (await next.connect('ada')).space.room('shelf', { userId: 'ada' })
  await shelf.join()
  expect((await shelf.history()).events.map(({ payload }) => payload)).toContainEqual(
    expect.objectContaining({ id: 'new', title: 'New' }),
  )
  await next.start()
  expect(await titles()).toHaveLength(2)
  expect(await next.store.unpublished()).toEqual([])
})

it('[COL28] who writes too much is told for how long to wait, and others are not', async () => {
  const { node, ada, bob, desk } = await startPlan()
  const hers = ada.page('plan')
  await hers.provider.whenSynced
  const refusal = { ok: false, error: { code: 'RATE_LIMITED', retryAfterMs: 1_000 } }
  // Ada has made three writes: the document, and two links.
  for (let made = 3; made < 60; made++) await desk.request('title.set', { title: `Plan ${made}` }, { key: `k${made}` })
  const set = (title: string, key: string) => desk.tryRequest('title.set', { title }, { key, timeoutMs: 300 })
  expect(await set('Too much', 'k60')).toMatchObject(refusal)
  expect(await desk.tryRequest('link.make', { role: 'reader' }, { timeoutMs: 300 })).toMatchObject(refusal)
  expect(await set('Plan 7', 'k7')).toMatchObject({ ok: true, data: { title: 'Plan 7' } })
  expect(await bob.space.tryRequest('document.create', { title: 'His' })).toMatchObject({ ok: true })
  hers.text.insert(0, 'still ')
  await vi.waitFor(async () => expect(await node.textOf('plan')).toMatch(/^still first/))
  node.passTime(1_000)
  expect(await set('One more', 'k61')).toMatchObject({ ok: true })
  expect(await set('And one', 'k62')).toMatchObject(refusal)
})
