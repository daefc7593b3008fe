import { startTestServer } from '@millrace/testing'
import { DocumentProvider } from '@millrace/yjs/client'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { eventually } from '../client/fixtures/eventually.ts'
import { notes, notesApp } from '../server/fixtures/notes.ts'
import { deepTypes } from './deep-types.ts'
import { endlessMerge } from './endless-merge.ts'
import { missingDependencies } from './missing-dependencies.ts'
import { connectAttacker } from './raw-attacker.ts'
import { vanishingEdits } from './vanishing-edits.ts'

it('[DOC80, DOC81, DOC83, DOC84, DOC87] whatever an attacker sends, providers go on with the same text and see each other', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const open = (user: string) => {
    const room = server.client({ auth: { user } }).use(notes).room('note', { noteId: 'one' })
    return new DocumentProvider({ room, doc: new Y.Doc() })
  }
  const textOf = ({ doc }: { readonly doc: Y.Doc }) => doc.getText('text').toJSON()
  const bob = open('bob')
  const carol = open('carol')
  bob.awareness.setLocalStateField('cursor', 1)
  bob.doc.getText('text').insert(0, 'before ')
  await eventually(() => expect(textOf(carol)).toBe('before '))

  await using eve = await connectAttacker(server.url, 'eve')
  await eve.join({ clientId: 666, state: { cursor: 'mine' } })
  const { clientID } = bob.doc
  expect(await eve.join({ clientId: clientID, state: null })).toMatchObject({ ok: false })
  expect(await eve.join({ clientId: 666, state: { user: { id: 'bob', name: 'Bob' } } })).toMatchObject({ ok: true })
  const attacks = [
    vanishingEdits(clientID, 7),
    vanishingEdits(carol.doc.clientID, 0),
    ...endlessMerge,
    ...missingDependencies(20),
    ...deepTypes(666, 1_500),
  ]
  for (const update of attacks) await eve.send(update)

  carol.doc.getText('text').insert(7, 'and ')
  bob.doc.getText('text').insert(0, 'Ever ')
  const dave = open('dave')
  for (const provider of [bob, carol, dave]) await eventually(() => expect(textOf(provider)).toBe('Ever before and '))
  await eventually(() => expect([bob, carol].map(({ unsaved }) => unsaved)).toEqual([0, 0]))
  await eventually(() =>
    expect(dave.awareness.getStates().get(clientID)).toMatchObject({ cursor: 1, user: { id: 'bob' } }),
  )
  // Whatever it says: who it is comes from the server.
  expect(dave.awareness.getStates().get(666)).toMatchObject({ user: { id: 'eve' } })
  for (const { doc } of [bob, carol, dave]) expect(doc.store.pendingStructs ?? doc.store.pendingDs).toBeNull()
  expect(bob.doc.clientID).toBe(clientID)
  expect(server.errors).toEqual([])
  for (const provider of [bob, carol, dave]) provider.destroy()
})
