import { memory } from '@millrace/server'
import { expect, it, vi } from 'vitest'
import { pageText, type Comment } from '../contract.ts'
import { databaseFile, startCollab, startPlan, type Someone } from './start-collab.ts'
import type { CollabStore } from '../store/collab-store.ts'
import { commentOn } from './store-fixture.ts'

const forbidden = { code: 'FORBIDDEN' }
const refused = { ok: false, error: forbidden }

const openPage = async (someone: Someone, documentId = 'plan') => {
  const page = someone.page(documentId)
  await page.provider.whenSynced
  return page
}

it('[COL20] a document made of a text has it when the request is answered, and once', async () => {
  const { node, ada, made } = await startPlan()
  expect(made).toMatchObject({ id: 'plan', title: 'Plan', role: 'owner', owner: { id: 'ada' } })
  const page = await openPage(ada)
  expect(page.read()).toBe('first words\nand more')
  page.text.delete(0, 6)
  await vi.waitFor(() => expect(page.provider.unsaved).toBe(0))
  const again = { title: 'Plan', text: 'first words\r\nand more' }
  const answer = await ada.space.request('document.importMarkdown', again, { key: 'plan' })
  expect(answer).toMatchObject({ id: 'plan', title: 'Plan' })
  await node.start()
  expect((await openPage(await node.connect('ada'))).read()).toBe('words\nand more')
  expect(node.errors).toEqual([])
})

it('[COL21] a copy has the text of now, and goes its own way', async () => {
  const { node, ada, bob, eve } = await startPlan()
  const original = await openPage(bob)
  original.text.insert(0, 'really ')
  await vi.waitFor(() => expect(original.provider.unsaved).toBe(0))
  const copy = await eve.space.request('document.copy', { id: 'plan', title: 'My plan' }, { key: 'copy' })
  expect(copy).toMatchObject({ id: 'copy', title: 'My plan', role: 'owner', owner: { id: 'eve' } })
  const hers = await openPage(eve, 'copy')
  expect(hers.read()).toBe('really first words\nand more')
  hers.text.delete(0, 7)
  await vi.waitFor(() => expect(hers.provider.unsaved).toBe(0))
  expect((await openPage(ada)).read()).toBe('really first words\nand more')
  const stranger = await node.connect('stranger')
  expect(await stranger.space.tryRequest('document.copy', { id: 'plan', title: 'Mine' })).toMatchObject(refused)
  expect((await stranger.shelf()).size).toBe(0)
})

it('[COL22] lists are told of new documents, titles and roles, and of what is gone', async () => {
  const { node, ada, bob, eve, desk, read } = await startPlan()
  const [hers, hersToo, his] = [await ada.shelf(), await (await node.connect('ada')).shelf(), await bob.shelf()]
  await ada.space.request('document.create', { title: 'Notes' }, { key: 'notes' })
  await desk.request('title.set', { title: 'Our plan' })
  await bob.space.request('document.create', { title: 'Mine' }, { key: 'his' })
  await eve.space.request('document.leave', { id: 'plan' })
  for (const shelf of [hers, hersToo])
    await vi.waitFor(() =>
      expect([...shelf.values()]).toMatchObject([
        { title: 'Our plan' },
        { id: 'notes', title: 'Notes', role: 'owner' },
      ]),
    )
  await vi.waitFor(() => expect(his.get('his')).toMatchObject({ title: 'Mine', role: 'owner' }))
  expect(his.get('plan')).toMatchObject({ title: 'Our plan', role: 'editor', owner: { id: 'ada' } })

  await bob.space.request('link.open', { documentId: 'plan', token: read.token })
  await desk.request('link.end', { id: (await desk.request('link.list', {})).links[0]?.id ?? '' })
  await vi.waitFor(() => expect(his.get('plan')?.role).toBe('reader'))
  await ada.space.request('document.remove', { id: 'plan' })
  for (const shelf of [hers, hersToo, his]) await vi.waitFor(() => expect(shelf.get('plan')).toBeUndefined())
  // What events made of a list is how a new join finds it.
  const anew = await (await node.connect('bob')).shelf()
  expect([...anew.values()]).toEqual([...his.values()].filter(Boolean))
  expect(node.errors).toEqual([])
})

it('[COL23] who may write writes, who may read reads, and nobody else is let in', async () => {
  const { node, ada, bob, eve } = await startPlan()
  const [hers, his, readers] = [await openPage(ada), await openPage(bob), await openPage(eve)]
  hers.text.insert(0, 'A')
  his.text.insert(his.read().length, 'B')
  for (const page of [hers, his, readers]) await vi.waitFor(() => expect(page.read()).toBe('Afirst words\nand moreB'))
  expect([hers, his, readers].map(({ provider }) => provider.canWrite)).toEqual([true, true, false])
  const refusal = new Promise((resolve) => readers.provider.once('refused', resolve))
  readers.text.insert(0, 'E')
  await expect(refusal).resolves.toMatchObject({ error: forbidden })
  expect((await openPage(await node.connect('ada'))).read()).toBe('Afirst words\nand moreB')
  const stranger = await node.connect('stranger')
  const presence = { clientId: 1, state: {} }
  await expect(stranger.space.room('page', { documentId: 'plan' }).join({ presence })).rejects.toMatchObject(forbidden)
  await expect(stranger.desk('plan').join()).rejects.toMatchObject(forbidden)
  await expect(stranger.desk('no-such').join()).rejects.toMatchObject(forbidden)
  await expect(stranger.space.room('shelf', { userId: 'ada' }).join()).rejects.toMatchObject(forbidden)
})

it('[COL9] typing, and a restored version, move the time of the last edit on the list; reading does not', async () => {
  const seen: string[] = []
  const noting = (store: CollabStore): CollabStore => ({
    ...store,
    noteEdited: (documentId) => {
      seen.push(documentId)
      return store.noteEdited(documentId)
    },
  })
  const { node, ada, eve } = await startPlan({ wrap: noting })
  const [hers, readers] = [await openPage(ada), await openPage(eve)]
  expect(readers.read()).toBe(hers.read())
  expect(seen).toEqual([])
  hers.text.insert(0, 'A')
  await vi.waitFor(() => expect(seen).toEqual(['plan']))
  const page = ada.space.room('page', { documentId: 'plan' })
  const { id } = await page.request('version.save', { name: 'one' })
  node.passTime(60_000)
  await page.request('version.restore', { id })
  await vi.waitFor(() => expect(seen).toEqual(['plan', 'plan']))
  expect(node.errors).toEqual([])
})

it('[COL23] who guesses documents and lists takes no room in the store', async () => {
  const { node, ada } = await startPlan({ events: memory({ maxRooms: 8 }) })
  const stranger = await node.connect('stranger')
  const presence = { clientId: 1, state: {} }
  for (let index = 0; index < 10; index++) {
    const documentId = `guess-${index}`
    await expect(stranger.space.room('page', { documentId }).join({ presence })).rejects.toMatchObject(forbidden)
    await expect(stranger.desk(documentId).join()).rejects.toMatchObject(forbidden)
    await expect(stranger.space.room('shelf', { userId: documentId }).join()).rejects.toMatchObject(forbidden)
  }
  expect((await openPage(ada)).read()).toBe('first words\nand more')
  expect((await stranger.shelf()).size).toBe(0)
})

it('[COL24] whom an ended link let in is out; who has another role left comes back with it', async () => {
  const { node, ada, bob, eve, desk, edit, read } = await startPlan()
  await bob.space.request('link.open', { documentId: 'plan', token: read.token })
  const [his, hers] = [await openPage(bob), await openPage(eve)]
  const [hisDesk, herDesk] = [bob.desk('plan'), eve.desk('plan')]
  await Promise.all([hisDesk.join(), herDesk.join()])
  const out = [hisDesk, herDesk].map((room) => new Promise<unknown>((resolve) => void room.on('kicked', resolve)))

  await desk.request('link.end', { id: edit.id })
  await expect(out[0]).resolves.toMatchObject(forbidden)
  await vi.waitFor(() => expect(his.provider.canWrite).toBe(false))
  await hisDesk.join()
  expect(await hisDesk.tryRequest('comment.add', commentOn('no more'))).toMatchObject(refused)

  const ended = new Promise((resolve) => hers.provider.once('ended', resolve))
  await desk.request('link.end', { id: read.id })
  await expect(out[1]).resolves.toMatchObject(forbidden)
  await expect(ended).resolves.toMatchObject(forbidden)
  await expect(herDesk.join()).rejects.toMatchObject(forbidden)
  const request = { documentId: 'plan', token: read.token }
  expect(await eve.space.tryRequest('link.open', request)).toMatchObject(refused)

  // A role that rises reaches the page that is open.
  const [again, more] = [
    await desk.request('link.make', { role: 'reader' }),
    await desk.request('link.make', { role: 'editor' }),
  ]
  await eve.space.request('link.open', { documentId: 'plan', token: again.token })
  const open = await openPage(await node.connect('eve'))
  expect(open.provider.canWrite).toBe(false)
  await eve.space.request('link.open', { documentId: 'plan', token: more.token })
  await vi.waitFor(() => expect(open.provider.canWrite).toBe(true))
  await vi.waitFor(() => expect(open.provider.synced).toBe(true))
  open.text.insert(0, 'E')
  const other = await openPage(ada)
  await vi.waitFor(() => expect(other.read()).toBe('Efirst words\nand more'))
  expect(node.errors).toEqual([])
})

it('[COL25] a deleted document is closed to everybody, and its text is gone', async () => {
  const { node, ada, bob, desk } = await startPlan()
  const his = await openPage(bob)
  const hisDesk = bob.desk('plan')
  await hisDesk.join()
  const out = [desk, hisDesk].map((room) => new Promise<unknown>((resolve) => void room.on('kicked', resolve)))
  const ended = new Promise((resolve) => his.provider.once('ended', resolve))
  await ada.space.request('document.remove', { id: 'plan' })
  for (const each of [...out, ended]) await expect(each).resolves.toMatchObject(forbidden)
  for (const someone of [ada, bob]) {
    await expect(someone.desk('plan').join()).rejects.toMatchObject(forbidden)
    expect(await someone.space.tryRequest('document.find', { id: 'plan' })).toMatchObject(refused)
  }
  expect(await node.textOf('plan')).toBe('')
  expect(node.errors).toEqual([])
})

it('[COL26] titles and comments reach everybody at the desk, each once', async () => {
  const { node, bob, eve, desk } = await startPlan()
  const seen: string[] = []
  const reading = eve.desk('plan')
  reading.on('titled', ({ title, rev }) => void seen.push(`${rev} ${title}`))
  reading.on('comment', ({ rev, text, replies }) => void seen.push(`${rev} ${text} ${replies.length}`))
  reading.on('commentGone', ({ id }) => void seen.push(`gone ${id}`))
  await reading.join()
  const his = bob.desk('plan')
  await his.join()
  await desk.request('title.set', { title: 'Ours' }, { key: 'k1' })
  await his.request('comment.add', commentOn('good'), { key: 'k2' })
  await desk.request('comment.reply', { id: 'k2', text: 'thanks' }, { key: 'k3' })
  await his.request('comment.edit', { id: 'k2', text: 'very good' }, { key: 'k4' })
  const resolved = await desk.request('comment.resolve', { id: 'k2', isResolved: true }, { key: 'k5' })
  await his.request('comment.add', commentOn('second'), { key: 'k6' })
  await his.request('comment.remove', { id: 'k6' }, { key: 'k7' })
  // Again, as after a lost answer.
  await desk.request('title.set', { title: 'Ours' }, { key: 'k1' })
  expect(await desk.request('comment.resolve', { id: 'k2', isResolved: true }, { key: 'k5' })).toEqual(resolved)
  await vi.waitFor(() => expect(seen).toHaveLength(7))
  expect(seen).toEqual(['4 Ours', '5 good 0', '6 good 1', '7 very good 1', '8 very good 1', '9 second 0', 'gone k6'])
  expect((await reading.history()).events.map(({ key }) => key)).toEqual(['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7'])
  const { snapshot } = await (await node.connect('eve')).desk('plan').join()
  expect(snapshot).toEqual({ title: 'Ours', rev: 10, comments: [resolved] satisfies Comment[] })
  expect(await reading.tryRequest('comment.add', commentOn('me'))).toMatchObject(refused)
  expect(await reading.tryRequest('link.list', {})).toMatchObject(refused)
  expect(node.errors).toEqual([])
})

it('[COL32] everybody’s documents have their text after each start, also in new rooms', async () => {
  const place = { ...databaseFile(), isEmpty: false }
  const first = await startCollab({ place })
  const page = await openPage(await first.connect('ada'), 'welcome')
  expect(page.read()).toMatch(/^# Welcome\n/)
  page.text.insert(0, 'Hello! ')
  const other = await openPage(await first.connect('bob'), 'welcome')
  await vi.waitFor(() => expect(other.read()).toMatch(/^Hello! # Welcome\n/))
  await first.start()
  expect((await first.textOf('welcome')).match(/# Welcome/g)).toHaveLength(1)
  await first.close()
  const second = await startCollab({ place })
  const anew = await openPage(await second.connect('ada'), 'welcome')
  expect(anew.read()).toMatch(/^# Welcome\n/)
  expect(anew.provider.doc.getText(pageText).length).toBeGreaterThan(1_500)
  expect((await openPage(await second.connect('eve'), 'writing-guide')).provider.canWrite).toBe(false)
  expect([...first.errors, ...second.errors]).toEqual([])
})

it('[COL32] a text that no page takes is reported, and keeps no other one back', async () => {
  const place = { ...databaseFile(), isEmpty: false }
  const lost = { documentId: 'no id of a page', text: 'lost' }
  const node = await startCollab({
    place,
    wrap: (store) => ({ ...store, beginnings: async (id) => [lost, ...(await store.beginnings(id))] }),
  })
  expect(node.errors).toMatchObject([{ code: 'INVALID_INPUT' }])
  expect(await node.textOf('writing-guide')).toMatch(/^# How we write\n/)
})
