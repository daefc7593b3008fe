import { createServer } from '@millrace/server'
import { authenticateTestUser } from '@millrace/testing'
import { notesApp } from '../server/fixtures/notes.ts'
import { wrappedStore } from '../server/fixtures/wrapped-store.ts'
import { altered } from './altered.ts'
import { storeOf, type StoredBy } from './stored-by.ts'

/** Serves documents until it has stored a snapshot and `passing` logs were trimmed: then it says so, and does not trim. */
const [stored = '', port = '', passing = ''] = process.argv.slice(2)
let left = Number(passing)
const store = wrappedStore(storeOf(JSON.parse(stored) as StoredBy), ({ log }) => ({
  log: altered(log, {
    trim: async (room, through) => {
      if (left-- > 0) return log.trim(room, through)
      console.log('between')
      await new Promise(() => undefined)
    },
  }),
}))
const server = createServer({ store, authenticate: authenticateTestUser, onError: (error) => console.error(error) })
// At 20 updates at the latest, however large the document becomes.
server.mount(notesApp({ plan: { compactEntries: 5, maxTailEntries: 40 } }))
await server.listen(Number(port), { host: '127.0.0.1' })
console.log('ready')
