import { startTestServer } from '@millrace/testing'
import { expect, it } from 'vitest'
import { eventually } from './fixtures/eventually.ts'
import * as Y from 'yjs'
import { notesApp } from '../server/fixtures/notes.ts'
import { openNote } from './fixtures/open-note.ts'

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

it('[DOC118] destroy releases listeners and timers, those of its awareness too', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const client = server.client({ auth: { user: 'ada' } })
  using ben = openNote(server.client({ auth: { user: 'ben' } }))
  await ben.provider.whenSynced
  const doc = new Y.Doc()
  const before = timers()
  const { provider } = openNote(client, { doc, connect: false })
  expect(timers()).toBe(before + 1)
  provider.destroy()
  provider.destroy()
  expect(timers()).toBe(before)

  const again = openNote(client, { doc })
  await again.provider.whenSynced
  again.type('one')
  again.provider.awareness.setLocalStateField('cursor', 1)
  again.provider.awareness.setLocalStateField('cursor', 2)
  again.provider.destroy()
  // `Awareness` itself stays a listener of its document's end.
  expect([doc._observers.has('update'), doc._observers.get('destroy')?.size]).toEqual([false, 2])
  expect(again.provider._observers.size).toBe(0)
  ben.type('two')
  await eventually(() => expect(ben.provider.unsaved).toBe(0))
  using other = openNote(server.client({ auth: { user: 'eve' } }))
  await other.provider.whenSynced
  expect([again.text.toJSON(), again.errors]).toEqual(['one', []])
})

it('[DOC122] without IndexedDB that is reported, and the document works', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  using ada = openNote(server.client({ auth: { user: 'ada' } }), { persist: { name: 'ada/one' } })
  await ada.provider.whenLoaded()
  await ada.provider.whenSynced
  ada.type('hello')
  await eventually(() => expect(ada.provider.unsaved).toBe(0))
  expect(ada.errors).toMatchObject([{ code: 'UNAVAILABLE' }])
})
