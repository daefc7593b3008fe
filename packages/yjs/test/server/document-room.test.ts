import { startTestCluster, startTestServer } from '@millrace/testing'
import { expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { notes, notesApp } from './fixtures/notes.ts'
import { joinNote } from './fixtures/raw-editor.ts'
import { entriesOf, noteOf, textOf } from './fixtures/stored.ts'

it('[DOC1] an update is stored before it is answered, and reaches every member on every node', async () => {
  await using cluster = await startTestCluster({ nodes: 2, implementations: [notesApp()] })
  const [one, two] = cluster.nodes
  const ada = await joinNote(one!.client({ auth: { user: 'ada' } }))
  const ben = await joinNote(two!.client({ auth: { user: 'ben' } }))
  await ada.type('hello')
  expect(await entriesOf(two!.server)).toHaveLength(1)
  await vi.waitFor(() => expect(ben.text.toJSON()).toBe('hello'))
  await ben.type(' world')
  await vi.waitFor(() => expect(ada.text.toJSON()).toBe('hello world'))
  for (const { errors } of cluster.nodes) expect(errors).toEqual([])
})

it('[DOC2] open gives the stored bytes as they are', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  for (const word of ['one ', 'two ', 'three']) await ada.type(word)
  const ben = await joinNote(server.client({ auth: { user: 'ben' } }))
  const { updates } = await ben.open()
  const stored = await entriesOf(server.server)
  expect(updates).toEqual(stored.map(({ payload }) => new Uint8Array(payload as Uint8Array)))
  expect(ben.text.toJSON()).toBe('one two three')
})

it('[DOC3] open with a state vector gives what it lacks, deletions, and how far all reaches', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  await ada.type('one ')
  const old = new Y.Doc()
  Y.applyUpdate(old, Y.encodeStateAsUpdate(ada.doc))
  await ada.type('two ')
  await ada.send(ada.edit((doc) => doc.getText('text').delete(0, 4)))
  const ben = await joinNote(server.client({ auth: { user: 'ben' } }))
  const { known, updates } = await ben.room.request('open', { stateVector: Y.encodeStateVector(old) })
  expect(Y.decodeStateVector(known)).toEqual(Y.decodeStateVector(Y.encodeStateVector(ada.doc)))
  expect(updates.byteLength).toBeLessThan(100)
  const pieces = await ben.open(Y.encodeStateVector(old))
  for (const update of pieces.updates) Y.applyUpdate(old, update)
  expect(old.getText('text').toJSON()).toBe('two ')
  await expect(ben.open(new Uint8Array([5, 1]))).rejects.toMatchObject({ code: 'INVALID_INPUT' })
})

it('[DOC3] what is edited while others join and open reaches them once and whole', async () => {
  await using cluster = await startTestCluster({
    nodes: 2,
    implementations: [notesApp({ plan: { compactEntries: 7 } })],
  })
  const [one, two] = cluster.nodes
  const ada = await joinNote(one!.client({ auth: { user: 'ada' } }))
  let isDone = false
  const typing = (async () => {
    for (let index = 0; index < 60; index++) await ada.type(`${index} `)
    isDone = true
  })()
  const readers = []
  while (!isDone || readers.length < 3) {
    const node = readers.length % 2 === 0 ? one : two
    const reader = await joinNote(node!.client({ auth: { user: `reader ${readers.length}` } }))
    reader.room.on('gap', () => void reader.open(Y.encodeStateVector(reader.doc)))
    await reader.open()
    readers.push(reader)
  }
  await typing
  for (const reader of readers) await vi.waitFor(() => expect(reader.text.toJSON()).toBe(ada.text.toJSON()))
  for (const { errors } of cluster.nodes) expect(errors).toEqual([])
})

it('[DOC4] what is known is not stored, and what is partly known without that part', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  await ada.type('one ')
  await ada.send(Y.encodeStateAsUpdate(ada.doc))
  expect(await entriesOf(server.server)).toHaveLength(1)
  ada.edit((doc) => doc.getText('text').insert(4, 'two'))
  await ada.send(Y.encodeStateAsUpdate(ada.doc))
  const [first, second] = await entriesOf(server.server)
  expect(Y.parseUpdateMeta(second!.payload as Uint8Array).from.get(ada.doc.clientID)).toBe(4)
  expect(textOf([first!.payload as Uint8Array, second!.payload as Uint8Array])).toBe('one two')
})

it('[DOC5] the same update under the same key is stored once', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  await ada.type('one two')
  const update = ada.edit((doc) => doc.getText('text').delete(0, 4))
  await ada.room.request('update.send', update, { key: 'k1' })
  await ada.room.request('update.send', update, { key: 'k1' })
  expect(await entriesOf(server.server)).toHaveLength(2)
  const mixed = ada.edit((doc) => {
    doc.getText('text').delete(0, 1)
    doc.getText('text').insert(0, 'T')
  })
  await ada.room.request('update.send', mixed, { key: 'k2' })
  await ada.room.request('update.send', mixed, { key: 'k2' })
  const ben = await joinNote(server.client({ auth: { user: 'ben' } }))
  await ben.open()
  expect(ben.text.toJSON()).toBe('Two')
})

it('[DOC6] readers read, strangers stay outside, and a kick asks again', async () => {
  const roles = new Map<string, 'write' | 'read'>([
    ['ada', 'write'],
    ['ben', 'read'],
  ])
  const app = notesApp({ permissionOf: (userId) => roles.get(userId) ?? false })
  await using server = await startTestServer({ implementations: [app] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  await ada.type('for all')
  const ben = await joinNote(server.client({ auth: { user: 'ben' } }))
  expect(await ben.open()).toMatchObject({ canWrite: false })
  expect(ben.text.toJSON()).toBe('for all')
  const forbidden = { code: 'FORBIDDEN' }
  await expect(ben.type('!')).rejects.toMatchObject(forbidden)
  const part = { upload: 'u', index: 0, count: 1, bytes: new Uint8Array([0, 0]) }
  await expect(ben.room.request('update.part', part)).rejects.toMatchObject(forbidden)
  await expect(ben.room.request('version.save', { name: 'mine' })).rejects.toMatchObject(forbidden)
  await expect(ben.room.request('version.restore', { id: 'x' })).rejects.toMatchObject(forbidden)
  await expect(ben.room.request('version.remove', { id: 'x' })).rejects.toMatchObject(forbidden)
  await expect(ben.room.request('version.rename', { id: 'x', name: 'y' })).rejects.toMatchObject(forbidden)
  await expect(joinNote(server.client({ auth: { user: 'eve' } }))).rejects.toMatchObject(forbidden)
  expect(await entriesOf(server.server)).toHaveLength(1)

  roles.set('ben', 'write')
  await expect(ben.type('!')).rejects.toMatchObject(forbidden)
  const kicked = new Promise((resolve) => ben.room.on('kicked', resolve))
  noteOf(server.server).kick({ userId: 'ben' })
  await kicked
  await ben.room.join({ presence: { clientId: ben.doc.clientID, state: null } })
  await ben.send(Y.encodeStateAsUpdate(ben.doc, Y.encodeStateVector(ada.doc)))
  await vi.waitFor(() => expect(ada.text.toJSON()).toContain('!'))
})

it('[DOC7] refuses what refers to what is missing, and reads first what another node has stored', async () => {
  await using cluster = await startTestCluster({ nodes: 2, implementations: [notesApp()] })
  const [one, two] = cluster.nodes
  const ada = await joinNote(one!.client({ auth: { user: 'ada' } }))
  ada.edit((doc) => doc.getText('text').insert(0, 'never sent '))
  const later = ada.edit((doc) => doc.getText('text').insert(11, 'but this'))
  await expect(ada.send(later)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    data: { reason: 'missing', client: ada.doc.clientID, known: 0 },
  })
  expect(await entriesOf(one!.server)).toHaveLength(0)
  await ada.send(Y.encodeStateAsUpdate(ada.doc))

  // A member of both nodes hears at one what the other has not heard: the store's own subscribers are not waited for.
  const both = two!.client({ auth: { user: 'ada' } })
  const there = both.use(notes).room('note', { noteId: 'one' })
  await there.join({ presence: { clientId: ada.doc.clientID, state: null } })
  for (let index = 0; index < 20; index++) {
    const update = ada.edit((doc) => doc.getText('text').insert(0, `${index} `))
    const room = index % 2 === 0 ? ada.room : there
    await room.request('update.send', update)
  }
  expect(textOf((await entriesOf(one!.server)).map(({ payload }) => payload as Uint8Array))).toBe(ada.text.toJSON())
})
