import { afterAll, beforeAll } from 'vitest'
import { ledgerSuite } from './ledger-suite.ts'
import { openFixture } from './open-fixture.ts'
import { startPostgres, type Postgres } from './postgres.ts'

let postgres: Postgres

beforeAll(async () => {
  postgres = await startPostgres()
})

afterAll(() => postgres[Symbol.asyncDispose]())

ledgerSuite('PostgreSQL', async () => openFixture({ databaseUrl: await postgres.createDatabase() }, 3, () => undefined))
