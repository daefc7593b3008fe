import { startPostgres, type Postgres } from '@millrace/app-database/test-postgres'
import { afterAll, beforeAll } from 'vitest'
import { collabStoreSuite } from './collab-store-suite.ts'
import { openFixture } from './store-fixture.ts'

let postgres: Postgres

beforeAll(async () => {
  postgres = await startPostgres()
})

afterAll(() => postgres[Symbol.asyncDispose]())

collabStoreSuite('PostgreSQL', async () => openFixture({ databaseUrl: await postgres.createDatabase() }, 3))
