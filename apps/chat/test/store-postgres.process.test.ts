import { afterAll, beforeAll, expect, it } from 'vitest'
import { openChatStore } from '../store/open-chat-store.ts'
import { chatStoreSuite } from './chat-store-suite.ts'
import { openFixture } from './open-fixture.ts'
import { startPostgres, type Postgres } from './postgres.ts'

let postgres: Postgres

beforeAll(async () => {
  postgres = await startPostgres()
})

afterAll(() => postgres[Symbol.asyncDispose]())

chatStoreSuite('PostgreSQL', async () => {
  const databaseUrl = await postgres.createDatabase()
  return openFixture({ databaseUrl }, 3, () => undefined)
})

it('[CHS52] says in one sentence that the database cannot be opened, without the password', async () => {
  const databaseUrl = 'postgres://chat:secret@127.0.0.1:1/chat'
  const opening = openChatStore({ databaseUrl })
  await expect(opening).rejects.toThrow(/^the database that DATABASE_URL names cannot be opened: .*ECONNREFUSED/)
  await expect(opening).rejects.not.toThrow(/secret/)
  const missing = (await postgres.createDatabase()).replace(/\w+$/, 'missing')
  await expect(openChatStore({ databaseUrl: missing })).rejects.toThrow(/database "missing" does not exist/)
})
