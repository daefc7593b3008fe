import { startTestServer, type TestServer, type TestUser } from '@millrace/testing'
import { openDocument } from '@millrace/yjs/server'
import { expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { acceptUpdate } from '../../src/server/accept-update.ts'
import { any, text, updateBytes } from '../attacks/update-bytes.ts'
import { notesApp } from './fixtures/notes.ts'
import { joinNote } from './fixtures/raw-editor.ts'
import { documentOf, entriesOf, noteOf } from './fixtures/stored.ts'

/** Mallory's, under one key, published when `turn` resolves. */
function sentIn(server: TestServer<TestUser>, key: string, turn: Promise<unknown> = Promise.resolve()) {
  return {
    from: 'mallory',
    owner: 'mallory',
    key,
    publish: async (update: Uint8Array, under: string) => {
      await turn
      return noteOf(server.server).publish('update', update, { key: under })
    },
  }
}

/** What a document of that client id begins with. */
function beginning(text: string, clientId = 7): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = clientId
  doc.getText('text').insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

it('[DOC65] of two updates of one user that write the same clocks at once the second is stored without them', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const document = documentOf(server)
  let publish = (): void => undefined
  const turn = new Promise<void>((resolve) => (publish = resolve))
  const first = acceptUpdate(document, beginning('aaa'), sentIn(server, 'first', turn))
  const second = acceptUpdate(document, beginning('bbbbb'), sentIn(server, 'second'))
  await document.open.ready()
  publish()
  await Promise.all([first, second])
  const clocks = (await entriesOf(server.server)).map(({ payload }) =>
    Y.decodeUpdate(payload as Uint8Array).structs.map(({ id, length }) => [id.clock, length]),
  )
  expect(clocks).toEqual([[[0, 3]], [[3, 2]]])
})

it('[DOC63] what is known is what is stored, whatever else came under its key before it was heard', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const document = documentOf(server)
  await acceptUpdate(document, beginning('a'), sentIn(server, 'key'))
  const longer = { ...sentIn(server, 'key'), publish: () => Promise.reject(new Error('another one has this key')) }
  document.open.own.begin('7.mallorykey', {
    update: beginning('b'.repeat(50)),
    clocks: new Map([[7, 50]]),
    placed: undefined,
  })
  await expect(acceptUpdate(document, beginning('x', 8), longer)).rejects.toThrow('another one')
  document.open.own.begin('7.mallorykey', {
    update: beginning('b'.repeat(50)),
    clocks: new Map([[7, 50]]),
    placed: undefined,
  })
  await document.open.catchUp()
  expect(document.open.known).toEqual(new Map([[7, 1]]))
})

it('[DOC5, DOC27] an update that is sent again after the document was removed is stored again', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  const update = ada.edit((doc) => doc.getText('text').insert(0, 'words'))
  const document = openDocument(noteOf(server.server))
  const text = () => document.read((doc) => doc.getText('text').toJSON())
  for (let attempt = 0; attempt < 2; attempt++) await ada.room.request('update.send', update, { key: 'one' })
  expect(await entriesOf(server.server)).toHaveLength(1)
  const kicked = new Promise((resolve) => ada.room.on('kicked', resolve))
  await document.remove()
  await kicked
  expect(await text()).toBe('')
  await ada.room.join({ presence: { clientId: ada.doc.clientID, state: null } })
  await ada.room.request('update.send', update, { key: 'one' })
  expect(await text()).toBe('words')
  const gone = ada.edit((doc) => doc.getText('text').delete(0, 5))
  const before = (await entriesOf(server.server)).length
  for (let attempt = 0; attempt < 2; attempt++) await ada.room.request('update.send', gone, { key: 'two' })
  expect(await entriesOf(server.server)).toHaveLength(before + 1)
  expect(await text()).toBe('')
})

it('[DOC23] two versions that are restored at once are restored one after the other', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const document = openDocument(noteOf(server.server))
  const ids: string[] = []
  for (const text of ['one', 'quite another text']) {
    await document.transact((doc) => {
      doc.getText('text').delete(0, doc.getText('text').length)
      doc.getText('text').insert(0, text)
    })
    ids.push((await document.versions.save(text)).id)
  }
  await document.transact((doc) => doc.getText('text').delete(0, 18))
  await Promise.all(ids.map((id) => document.versions.restore(id)))
  expect(['one', 'quite another text']).toContain(await document.read((doc) => doc.getText('text').toJSON()))
})

it.each([2, 4])(
  '[DOC74] a value of %i clocks that was measured counts for nothing where a text was stored under its clocks meanwhile',
  async (clocks) => {
    await using server = await startTestServer({ implementations: [notesApp()] })
    const note = noteOf(server.server)
    const document = documentOf(server)
    await document.open.open()
    const catchUp = vi.spyOn(document.open, 'catchUp')
    // However fast the thread is, the text is stored before anybody looks again.
    let textIsStored = () => {}
    const stored = new Promise<void>((resolve) => (textIsStored = resolve))
    const admit = document.surveyor.admit.bind(document.surveyor)
    vi.spyOn(document.surveyor, 'admit').mockImplementationOnce(async (...asked) => {
      await Promise.all([admit(...asked), stored])
    })
    const values = any(
      Array.from({ length: clocks }, () => 1),
      { parent: 'map', key: 'a' },
    )
    const first = acceptUpdate(
      document,
      updateBytes([{ client: 7, clock: 0, structs: [values] }]),
      sentIn(server, 'one'),
    )
    await vi.waitFor(() => expect(catchUp).toHaveBeenCalled())
    await catchUp.mock.results[0]!.value
    await note.publish('update', updateBytes([{ client: 7, clock: 0, structs: [text('ab')] }]))
    await document.open.catchUp()
    textIsStored()
    await first
    expect(document.open.known.get(7)).toBe(clocks)
    const within = text('x', { origin: { client: 7, clock: 0 }, rightOrigin: { client: 7, clock: 1 } })
    await acceptUpdate(document, updateBytes([{ client: 8, clock: 0, structs: [within] }]), sentIn(server, 'two'))
    expect(document.open.known.get(8)).toBe(1)
  },
)
