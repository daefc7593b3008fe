import { implement } from '@millrace/server'
import { startTestServer, type TestUser } from '@millrace/testing'
import { DocumentProvider } from '@millrace/yjs/client'
import { documentRoom } from '@millrace/yjs/server'
import { expect, it } from 'vitest'
import { eventually } from './fixtures/eventually.ts'
import * as Y from 'yjs'
import { notesApp } from '../server/fixtures/notes.ts'
import { openNote } from './fixtures/open-note.ts'
import { pads } from './fixtures/pads.ts'

const start = () =>
  startTestServer<TestUser>({
    implementations: [
      implement<typeof pads, TestUser>(pads, { rooms: { pad: documentRoom({ authorize: () => 'write' }) } }),
    ],
  })

it('[DOC103] a large paste travels in parts, and is one event; what is typed meanwhile follows', async () => {
  await using server = await start()
  const open = (user: string) => {
    const doc = new Y.Doc()
    const room = server.client({ auth: { user } }).use(pads).room('pad', { padId: 'one' })
    return { doc, room, text: doc.getText('text'), provider: new DocumentProvider({ room, doc }) }
  }
  const ada = open('ada')
  const ben = open('ben')
  await Promise.all([ada.provider.whenSynced, ben.provider.whenSynced])
  const sizes: number[] = []
  ben.room.on('update', (update) => sizes.push(update.length))
  const paste = 'abcdefghij'.repeat(100_000)
  ada.text.insert(0, paste)
  ada.text.insert(paste.length, '!')
  await eventually(() => expect(ben.text.length).toBe(paste.length + 1))
  expect(ben.text.toJSON() === `${paste}!`).toBe(true)
  expect([sizes.length, sizes[0]! > 1_000_000, sizes[1]! < 100]).toEqual([2, true, true])
  await eventually(() => expect(ada.provider.unsaved).toBe(0))
  const eve = open('eve')
  await eve.provider.whenSynced
  expect(eve.text.length).toBe(paste.length + 1)
  for (const { provider } of [ada, ben, eve]) provider.destroy()
})

it('[DOC103] what the server takes no more of in one update is split until it does', async () => {
  // Documents of this contract take 300 kB at a time.
  await using server = await startTestServer({ implementations: [notesApp()] })
  using ada = openNote(server.client({ auth: { user: 'ada' } }))
  using ben = openNote(server.client({ auth: { user: 'ben' } }))
  await Promise.all([ada.provider.whenSynced, ben.provider.whenSynced])
  const refusals: unknown[] = []
  ada.provider.on('refused', (refusal) => refusals.push(refusal))
  ada.type('word '.repeat(140_000))
  ada.type('end')
  await eventually(() => expect(ben.text.length).toBe(700_003))
  await eventually(() => expect(ada.provider.unsaved).toBe(0))
  expect(refusals).toEqual([])
})
