import { createPublisher, memory } from '@millrace/server'
import { startTestServer } from '@millrace/testing'
import { openDocument } from '@millrace/yjs/server'
import { expect, it, vi } from 'vitest'
import { notes, notesApp } from './fixtures/notes.ts'
import { joinNote } from './fixtures/raw-editor.ts'

it('[DOC24, DOC25] a process without a server reads and edits documents, too', async () => {
  const store = memory()
  await using server = await startTestServer({ store, implementations: [notesApp()] })
  const publisher = await createPublisher({ store, contracts: [notes] })
  const document = openDocument(publisher.room(notes, 'note', { noteId: 'one' }))
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  await ada.type('from ada')
  expect(await document.read((doc) => doc.getText('text').toJSON())).toBe('from ada')
  await document.transact((doc) => doc.getText('text').insert(0, 'words '))
  await vi.waitFor(() => expect(ada.text.toJSON()).toBe('words from ada'))
  await ada.type(' again')
  await document.transact((doc) => doc.getText('text').insert(0, 'more '))
  await vi.waitFor(() => expect(ada.text.toJSON()).toBe('more words from ada again'))
  await publisher.close()
})
