import { memory } from '@millrace/server'
import { LogTrouble, startTestCluster, startTestServer } from '@millrace/testing'
import { openDocument } from '@millrace/yjs/server'
import { expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { OpenDocument } from '../../src/server/open-document.ts'
import { encodeSnapshot } from '../../src/server/snapshot-blob.ts'
import { notesApp } from './fixtures/notes.ts'
import { joinNote } from './fixtures/raw-editor.ts'
import { entriesOf, noteOf, textOf } from './fixtures/stored.ts'
import { wrappedStore } from './fixtures/wrapped-store.ts'

// A thread starts from source, which takes seconds where the machine has much to do.
vi.setConfig({ testTimeout: 30_000 })

const quiet = {
  heard: () => undefined,
  taken: () => undefined,
  grown: () => undefined,
  closing: async () => undefined,
}

it('[DOC7] what another node stored, and this one has not heard, is not missing', async () => {
  const trouble = new LogTrouble()
  let openings = 0
  // The first node hears everything, the second one nothing at first.
  const store = wrappedStore(memory(), (opened) => (openings++ === 0 ? {} : { log: trouble.wrap(opened).log }))
  await using cluster = await startTestCluster({ nodes: 2, store, implementations: [notesApp()] })
  const [one, two] = cluster.nodes
  const ada = await joinNote(one!.client({ auth: { user: 'ada' } }))
  const there = await joinNote(two!.client({ auth: { user: 'ada' } }))
  trouble.lose(1)
  await ada.type('first')
  const second = ada.edit((doc) => doc.getText('text').insert(5, ' second'))
  await there.send(second)
  expect(textOf((await entriesOf(one!.server)).map(({ payload }) => payload as Uint8Array))).toBe('first second')
})

it('[DOC15] a history that was replaced is read again', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const room = noteOf(server.server)
  const open = new OpenDocument(room.storage, quiet)
  const doc = new Y.Doc()
  doc.getText('text').insert(0, 'one')
  await room.publish('update', Y.encodeStateAsUpdate(doc))
  await open.open()
  expect(open.pieces.tailCount).toBe(1)
  const [first] = await entriesOf(server.server)
  const { generation } = open

  // Heard again, or from before: nothing changes.
  open.entries([first!])
  expect([open.pieces.tailCount, open.generation, open.ready()]).toEqual([1, generation, undefined])

  // One that does not follow: another history.
  open.entries([{ ...first!, offset: 2, id: 'other', prev: 'unknown' }])
  await open.ready()
  expect([open.pieces.tailCount, open.generation]).toEqual([1, generation + 1])

  // What comes while it is read is taken after it.
  open.replaced()
  const reading = open.ready()
  doc.getText('text').insert(3, ' two')
  await room.publish('update', Y.encodeStateAsUpdate(doc))
  const entries = await entriesOf(server.server)
  open.entries(entries)
  await reading
  expect(open.pieces.tailCount).toBe(2)
  expect(textOf(open.pieces.all())).toBe('one two')
  expect(open.known.get(doc.clientID)).toBe(7)
})

it('[DOC20] an entry that is no update is left out and reported', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const room = noteOf(server.server)
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  await ada.type('before ')
  const open = new OpenDocument(room.storage, quiet)
  await room.publish('update', new Uint8Array([9, 9, 9]))
  await open.open()
  expect(textOf(open.pieces.all())).toBe('before ')
  expect(() => open.entries([])).toThrow('entry 2 of a document is no Yjs update')
  await vi.waitFor(() => expect(server.errors).toHaveLength(1))
  expect(String(server.errors[0])).toContain('entry 2 of a document is no Yjs update')
})

it('[DOC20] an entry that refers to what was lost is left out until somebody sends that again', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const room = noteOf(server.server)
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const word of ['one', ' two', ' three', ' four']) doc.getText('text').insert(doc.getText('text').length, word)
  await room.publish('update', updates[0]!)
  const open = new OpenDocument(room.storage, quiet)
  await open.open()
  // The store lost the second one, and a node that had heard of it let in the next two.
  await room.publish('update', updates[2]!)
  await open.catchUp()
  open.replaced()
  await room.publish('update', updates[3]!)
  await open.catchUp()
  expect(open.known.get(doc.clientID)).toBe(3)
  expect(() => open.entries([])).toThrow(/what a document met/)
  await room.publish('update', Y.mergeUpdates(updates.slice(1)))
  await open.catchUp()
  expect(textOf(open.pieces.all())).toBe('one two three four')
  expect(textOf([await openDocument(room).export()])).toBe('one two three four')
})

it('[DOC20] a snapshot that cannot be read refuses the join, is reported and stays', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const { blobs } = noteOf(server.server).storage
  const bytes = new TextEncoder().encode('not a snapshot')
  const written = await blobs.write({ name: 'snapshot', bytes, replaces: null })
  await expect(joinNote(server.client({ auth: { user: 'ada' } }))).rejects.toMatchObject({ code: 'INTERNAL' })
  expect(String(server.errors[0])).toContain('the stored snapshot of a document cannot be read')
  expect((await blobs.read('snapshot'))?.revision).toBe(written.revision)
  const empty = Y.encodeStateAsUpdate(new Y.Doc())
  const position = { epoch: 'e', offset: 0, id: '' }
  await blobs.write({
    name: 'snapshot',
    bytes: encodeSnapshot({ through: position, stateVector: new Uint8Array([0]), update: empty }),
    replaces: written.revision,
  })
  await joinNote(server.client({ auth: { user: 'ada' } }))
})

it('[DOC19] a large update of another node is read in the thread, and nothing is looked up before', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const room = noteOf(server.server)
  const open = new OpenDocument(room.storage, quiet)
  await open.open()
  const doc = new Y.Doc()
  doc.getText('text').insert(0, 'x'.repeat(100_000))
  await room.publish('update', Y.encodeStateAsUpdate(doc))
  open.entries(await entriesOf(server.server))
  expect(open.known.size).toBe(0)
  await open.ready()
  expect(open.known.get(doc.clientID)).toBe(100_000)
  await room.publish('update', new Uint8Array(100_000).fill(255))
  open.entries((await entriesOf(server.server)).slice(1))
  await open.ready()
  expect(open.pieces.tailCount).toBe(1)
  expect(() => open.entries([])).toThrow(AggregateError)
})
