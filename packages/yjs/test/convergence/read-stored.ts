import { startTestServer } from '@millrace/testing'
import { openNote } from '../client/fixtures/open-note.ts'
import { notesApp } from '../server/fixtures/notes.ts'
import { stateOf } from './document-state.ts'
import { storeOf, type StoredBy } from './stored-by.ts'

/** Opens each document as a client of a server of this process, and says its state, one line of JSON each. */
for (const stored of JSON.parse(process.argv[2] ?? '[]') as StoredBy[]) {
  await using server = await startTestServer({ store: storeOf(stored), implementations: [notesApp()] })
  using note = openNote(server.client({ auth: { user: 'zoe' } }))
  await note.provider.whenSynced
  console.log(JSON.stringify(stateOf(note.doc)))
}
console.log('done')
