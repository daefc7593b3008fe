import { startTestServer } from '@millrace/testing'
import { expect, it } from 'vitest'
import { eventually } from './fixtures/eventually.ts'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { notesApp } from '../server/fixtures/notes.ts'
import { openNote } from './fixtures/open-note.ts'

it('[DOC116, DOC117] cursors of others come and go, under the name that the server says', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  awareness.setLocalState({ cursor: 3, user: { id: 'ben' } })
  using ada = openNote(server.client({ auth: { user: 'ada' } }), { doc, awareness })
  using ben = openNote(server.client({ auth: { user: 'ben' } }))
  const statesAtBen = () => ben.provider.awareness.getStates()
  await eventually(() => expect(statesAtBen().get(doc.clientID)).toEqual({ cursor: 3, user: { id: 'ada' } }))
  awareness.setLocalStateField('cursor', 4)
  awareness.setLocalStateField('cursor', 5)
  await eventually(() => expect(statesAtBen().get(doc.clientID)).toMatchObject({ cursor: 5 }))
  await eventually(() => expect(awareness.getStates().get(ben.doc.clientID)).toEqual({ user: { id: 'ben' } }))
  ben.provider.disconnect()
  expect([...statesAtBen().keys()]).toEqual([ben.doc.clientID])
  await eventually(() => expect([...awareness.getStates().keys()]).toEqual([doc.clientID]))
  ada.provider.destroy()
  expect(awareness.getLocalState()).toBeNull()
  expect([...ada.errors, ...ben.errors, ...server.errors]).toEqual([])
  awareness.destroy()
})

it('[DOC116] a state that the contract does not take is reported, and keeps nobody out', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  awareness.setLocalState({ novel: 'x'.repeat(10_000) })
  using ada = openNote(server.client({ auth: { user: 'ada' } }), { doc, awareness })
  await ada.provider.whenSynced
  await eventually(() => expect(ada.errors).toMatchObject([{ code: 'INVALID_INPUT' }]))
  using ben = openNote(server.client({ auth: { user: 'ben' } }))
  awareness.setLocalState({ cursor: 1 })
  await eventually(() => expect(ben.provider.awareness.getStates().get(doc.clientID)).toMatchObject({ cursor: 1 }))
  awareness.destroy()
})
