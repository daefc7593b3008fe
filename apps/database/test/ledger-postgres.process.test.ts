import { openDatabase, sql } from '@millrace/app-database'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ledgerSuite } from './ledger-suite.ts'
import { openFixture } from './open-fixture.ts'
import { startPostgres, type Postgres } from './postgres.ts'

let postgres: Postgres

beforeAll(async () => {
  postgres = await startPostgres()
})

afterAll(() => postgres[Symbol.asyncDispose]())

ledgerSuite('PostgreSQL', async () => openFixture({ databaseUrl: await postgres.createDatabase() }, 3, () => undefined))

it.each([
  ['whose URL sets nothing', ''],
  ['whose URL sets something', '?options=-c%20statement_timeout%3D4s'],
])('[DBS12] applications share a database %s', async (_, options) => {
  const databaseUrl = `${await postgres.createDatabase()}${options}`
  const open = (application: string, text: string) =>
    openDatabase({ databaseUrl }, application, {
      [`1-${text}`]: [`create table notes (text text)`, `insert into notes values ('${text}')`],
    })
  const all = ['pens', 'paper', 'pens'].map((application) => open(application, `of ${application}`))
  const databases = await Promise.all(all)
  const read = databases.map((database) =>
    database.all(sql`select text, current_setting('statement_timeout') as most
    from notes`),
  )
  const most = options ? '4s' : '0'
  expect((await Promise.all(read)).flat()).toEqual(['of pens', 'of paper', 'of pens'].map((text) => ({ text, most })))
  await Promise.all(databases.map((database) => database.close()))
})
