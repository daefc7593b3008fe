import { startTestServer } from '@millrace/testing'
import { expect, it, vi } from 'vitest'
import { joinNote } from './fixtures/raw-editor.ts'
import { notesApp } from './fixtures/notes.ts'

it('[DOC1] an update reaches every member, once it is stored', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  const ben = await joinNote(server.client({ auth: { user: 'ben' } }))
  await ada.type('hello')
  await vi.waitFor(() => expect(ben.text.toString()).toBe('hello'))
  await ben.type(' world')
  await vi.waitFor(() => expect(ada.text.toString()).toBe('hello world'))
  const eve = await joinNote(server.client({ auth: { user: 'eve' } }))
  await eve.open()
  expect(eve.text.toString()).toBe('hello world')
  expect(server.errors).toEqual([])
})
