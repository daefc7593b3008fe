import { memory } from '@millrace/server'
import { startTestCluster, startTestServer } from '@millrace/testing'
import { openDocument } from '@millrace/yjs/server'
import { expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { heaviestUpdates } from '../attacks/heaviest-updates.ts'
import { findDocument } from '../../src/server/documents.ts'
import { notesApp } from './fixtures/notes.ts'
import { joinNote } from './fixtures/raw-editor.ts'
import { entriesOf, noteOf, textOf } from './fixtures/stored.ts'

// A thread starts from source, which takes seconds where the machine has much to do.
vi.setConfig({ testTimeout: 30_000 })

const append = (words: string) => (doc: Y.Doc) => doc.getText('text').insert(doc.getText('text').length, words)

it('[DOC24] reads and exports what is stored, with and without members', async () => {
  await using cluster = await startTestCluster({ nodes: 2, store: memory(), implementations: [notesApp()] })
  const [one, two] = cluster.nodes
  const nobody = openDocument(noteOf(one!.server))
  expect(await nobody.read((doc) => doc.getText('text').toJSON())).toBe('')
  const ada = await joinNote(one!.client({ auth: { user: 'ada' } }))
  await ada.type('hello')
  for (const node of [one!, two!]) {
    const document = openDocument(noteOf(node.server))
    expect(await document.read((doc) => doc.getText('text').toJSON())).toBe('hello')
    expect(textOf([await document.export()])).toBe('hello')
  }
})

it('[DOC25] edits for everybody, one edit after another', async () => {
  await using cluster = await startTestCluster({ nodes: 2, implementations: [notesApp()] })
  const [one, two] = cluster.nodes
  const ada = await joinNote(one!.client({ auth: { user: 'ada' } }))
  const senders: (string | null)[] = []
  ada.room.on('update', (_, { from }) => void senders.push(from))
  const here = openDocument(noteOf(one!.server))
  const there = openDocument(noteOf(two!.server))
  await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? here : there).transact(append(`${index} `))))
  expect(await here.transact((doc) => doc.getText('text').length)).toBe(50)
  await vi.waitFor(() => expect(ada.text.toJSON()).toHaveLength(50))
  expect(
    ada.text
      .toJSON()
      .trim()
      .split(' ')
      .map(Number)
      .sort((a, b) => a - b),
  ).toEqual([...Array(20).keys()])
  expect(new Set(senders)).toEqual(new Set([null]))
  // Each process writes under one client id.
  expect(Y.decodeStateVector(Y.encodeStateVector(ada.doc)).size).toBe(2)

  const failing = here.transact((doc) => {
    append('never')(doc)
    throw new Error('the change failed')
  })
  await expect(failing).rejects.toThrow('the change failed')
  await here.transact(append('after'))
  await vi.waitFor(() => expect(ada.text.toJSON()).toMatch(/ after$/))
  expect(cluster.nodes.flatMap(({ errors }) => errors)).toEqual([])
})

it('[DOC12, DOC25] compacts what only the server edits', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const document = openDocument(noteOf(server.server))
  const words = 'word '.repeat(2_000)
  for (let index = 0; index < 10; index++) await document.transact(append(words))
  expect((await entriesOf(server.server)).length).toBeLessThan(8)
  expect(await document.read((doc) => doc.getText('text').length)).toBe(100_000)
})

it('[DOC26] imports what others made, for everybody', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  await ada.type('before ')
  const foreign = new Y.Doc()
  for (let client = 0; client < 1_100; client++) {
    const other = new Y.Doc()
    other.getMap('from').set(String(client), client)
    Y.applyUpdate(foreign, Y.encodeStateAsUpdate(other))
  }
  const document = openDocument(noteOf(server.server))
  await document.import(Y.encodeStateAsUpdate(foreign))
  await document.import(Y.encodeStateAsUpdate(foreign))
  await vi.waitFor(() => expect(ada.doc.getMap('from').size).toBe(1_100))
  expect(await entriesOf(server.server)).toHaveLength(2)
  await expect(document.import(new Uint8Array([1, 2, 3]))).rejects.toMatchObject({ code: 'INVALID_INPUT' })
})

it('[DOC26] imports what is larger than one update as several', async () => {
  await using server = await startTestServer({ implementations: [notesApp({ plan: { compactBytes: 10_000_000 } })] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  const foreign = new Y.Doc()
  for (let index = 0; index < 10; index++) append(`${index} ${'x'.repeat(60_000)}`)(foreign)
  foreign.getText('text').delete(10, 1_000)
  const document = openDocument(noteOf(server.server))
  await document.import(Y.encodeStateAsUpdate(foreign))
  await vi.waitFor(() => expect(ada.text.toJSON()).toBe(foreign.getText('text').toJSON()))
  const sizes = (await entriesOf(server.server)).map(({ payload }) => payload.length)
  expect(sizes.length).toBeGreaterThan(2)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(300_000)
  await document.transact((doc) => doc.getText('text').insert(0, 'y'.repeat(320_000)))
  expect(await document.read((doc) => doc.getText('text').length)).toBe(foreign.getText('text').length + 320_000)
})

it('[DOC24, DOC25] what the server began is done, though the last member leaves and the document closes meanwhile', async () => {
  const limits = { roomLingerMs: 10 }
  await using server = await startTestServer({ implementations: [notesApp()], limits })
  const note = noteOf(server.server)
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  await ada.type('x'.repeat(20_000))
  const { jobs } = findDocument(note)!
  const document = openDocument(note)
  const left = ada.room.leave()
  let written = 20_000
  // Nearly all of the time a thread has something to do for it.
  while (!jobs.isStopped) {
    const [exported] = await Promise.all([document.export(), document.transact(append('y'))])
    expect(textOf([exported]).length).toBeGreaterThanOrEqual(written)
    written++
  }
  await left
  expect(await document.read((doc) => doc.getText('text').length)).toBe(written)
})

it('[DOC28] refuses to make a document that was written to take long', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const note = noteOf(server.server)
  const document = openDocument(note)
  await document.transact(append('x'.repeat(20_000)))
  expect(await document.read((doc) => doc.getText('text').length)).toBe(20_000)
  const [, overlapping] = heaviestUpdates(30_000).find(([name]) => name === 'places that overlap')!
  // As an older version let it in: it would be refused now.
  await note.publish('update', overlapping)
  const overloaded = { code: 'OVERLOADED' }
  await expect(document.read(() => undefined)).rejects.toMatchObject(overloaded)
}, 30_000)

it('[DOC27] removes a document for good, also on nodes that still hold it', async () => {
  const app = notesApp()
  await using cluster = await startTestCluster({ nodes: 2, implementations: [app], limits: { roomLingerMs: 300 } })
  const [one, two] = cluster.nodes
  const ada = await joinNote(one!.client({ auth: { user: 'ada' } }))
  const ben = await joinNote(two!.client({ auth: { user: 'ben' } }))
  for (let index = 0; index < 30; index++) await ada.type(`${index} `)
  await ada.room.request('version.save', { name: 'kept' })
  await vi.waitFor(() => expect(ben.text.toJSON()).toBe(ada.text.toJSON()))
  const kicked = [ada, ben].map(({ room }) => new Promise((resolve) => room.on('kicked', resolve)))
  await openDocument(noteOf(one!.server)).remove()
  await Promise.all(kicked)
  await vi.waitFor(() => expect(cluster.nodes.map(({ server }) => server.counters().rooms)).toEqual([0, 0]))
  for (const node of cluster.nodes) {
    expect(textOf((await entriesOf(node.server)).map(({ payload }) => payload as Uint8Array))).toBe('')
    const document = openDocument(noteOf(node.server))
    expect(await document.read((doc) => doc.getText('text').toJSON())).toBe('')
    expect(await document.versions.list()).toEqual([])
  }
  const again = await joinNote(two!.client({ auth: { user: 'ben' } }))
  await again.open()
  await again.type('anew')
  expect(textOf([await openDocument(noteOf(one!.server)).export()])).toBe('anew')
})

it('[DOC27] a node where nobody is left, and that still holds a removed document, shows and stores nothing of it', async () => {
  await using cluster = await startTestCluster({ nodes: 2, implementations: [notesApp()] })
  const [one, two] = cluster.nodes
  const ada = await joinNote(one!.client({ auth: { user: 'ada' } }))
  const ben = await joinNote(two!.client({ auth: { user: 'ben' } }))
  await ada.type('secret')
  await vi.waitFor(() => expect(ben.text.toJSON()).toBe('secret'))
  const kicked = new Promise((resolve) => ben.room.on('kicked', resolve))
  await openDocument(noteOf(one!.server)).remove()
  await kicked
  const late = ben.edit((doc) => doc.getText('text').insert(6, ' and more'))
  await ben.room.join({ presence: { clientId: ben.doc.clientID, state: null } })
  await expect(ben.send(late)).rejects.toMatchObject({ code: 'INVALID_INPUT', data: { reason: 'missing' } })
  const carol = await joinNote(two!.client({ auth: { user: 'carol' } }))
  await carol.open()
  expect(carol.text.toJSON()).toBe('')
  await carol.type('anew')
  for (const node of cluster.nodes)
    expect(await openDocument(noteOf(node.server)).read((doc) => doc.getText('text').toJSON())).toBe('anew')
})

it('[DOC22, DOC23] keeps and restores versions', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const document = openDocument(noteOf(server.server))
  await document.transact(append('one'))
  const { id } = await document.versions.save('first', 'ada')
  await document.transact(append(' two'))
  await document.versions.restore(id)
  expect(await document.read((doc) => doc.getText('text').toJSON())).toBe('one')
  expect(await document.versions.rename(id, 'the first')).toMatchObject({ name: 'the first', by: 'ada' })
  expect(textOf([await document.versions.read(id)])).toBe('one')
  await document.versions.remove(id)
  expect(await document.versions.list()).toMatchObject([{ kind: 'automatic' }])
})
