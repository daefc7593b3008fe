import { openDatabase, sql } from '@millrace/app-database'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openChatStore } from '../store/open-chat-store.ts'
import { chatStoreSuite } from './chat-store-suite.ts'
import { openFixture } from './open-fixture.ts'
import { startPostgres, type Postgres } from '@millrace/app-database/test-postgres'
import { ada, draft, openTeam, write } from './store-fixture.ts'

let postgres: Postgres

beforeAll(async () => {
  postgres = await startPostgres()
})

afterAll(() => postgres[Symbol.asyncDispose]())

chatStoreSuite('PostgreSQL', async () => {
  const databaseUrl = await postgres.createDatabase()
  return openFixture({ databaseUrl }, 3, () => undefined)
})

it('[CHS53] is unavailable while the database is away, and goes on when it is back', async () => {
  const databaseUrl = await postgres.createDatabase()
  await using fixture = openFixture({ databaseUrl }, 1, () => undefined)
  const store = await openTeam(fixture)
  const admin = new pg.Client({ connectionString: databaseUrl.replace(/\w+$/, 'postgres') })
  await admin.connect()
  const name = /\w+$/.exec(databaseUrl)?.[0]
  const cut = async (canConnect: boolean) => {
    await admin.query(`alter database ${name} allow_connections ${canConnect}`)
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
  }
  const keys = Array.from({ length: 20 }, (_, at) => `m${at}`)
  const sending = Promise.allSettled(keys.map((key) => store.send(write(ada, key), draft(key), undefined)))
  await cut(false)
  for (const result of await sending) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'UNAVAILABLE' })
  }
  await expect(store.inbox(ada.id)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await cut(true)
  for (const key of keys) await store.send(write(ada, key), draft(key), undefined)
  const { messages } = await store.messages('team', 100)
  expect(messages.map(({ seq }) => seq)).toEqual(keys.map((_, at) => at + 1))
  expect(messages.map(({ id }) => id).toSorted()).toEqual(keys.toSorted())
  await admin.end()
})

it('[CHS53] a connection that is lost in the middle of a transaction ends that one only', async () => {
  const place = { databaseUrl: await postgres.createDatabase() }
  const database = await openDatabase(place, 'chat', {})
  const cut = database.transact(async (tx) => {
    const pid = await tx.first<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    await database.all(sql`select pg_terminate_backend(${pid?.pid})`)
    // Until the end of the connection is noticed.
    while (await database.has(sql`select 1 from pg_stat_activity where pid = ${pid?.pid}`)) continue
    await new Promise(setImmediate)
    return tx.all(sql`select 1`)
  })
  await expect(cut).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(await database.all(sql`select 1 as one`)).toEqual([{ one: 1 }])
  await database.close()
})

it('[CHS52] says in one sentence that the database cannot be opened, without the password', async () => {
  const databaseUrl = 'postgres://chat:secret@127.0.0.1:1/chat'
  const opening = openChatStore({ databaseUrl })
  await expect(opening).rejects.toThrow(/^the database that DATABASE_URL names cannot be opened: .*ECONNREFUSED/)
  await expect(opening).rejects.not.toThrow(/secret/)
  const missing = (await postgres.createDatabase()).replace(/\w+$/, 'missing')
  await expect(openChatStore({ databaseUrl: missing })).rejects.toThrow(/database "missing" does not exist/)
})
