import { sql } from '@millrace/app-database'
import { expect, it } from 'vitest'
import { fileFixture } from './file-fixture.ts'

it('[DBS10] columns with points in their names are objects, and null where nothing is in them', async () => {
  await using fixture = fileFixture()
  const database = await fixture.open({})
  const rows = sql`select 1 as id, 'Ada' as "author.name", 2 as "reply_to.seq", 'Bob' as "reply_to.author.name",
      null as "reply_to.author.born_in", null as "edited_at"
    union all select 2, null, null, null, null, null`
  expect(await database.all(rows)).toEqual([
    {
      id: 1,
      editedAt: null,
      author: { name: 'Ada' },
      replyTo: { seq: 2, author: { name: 'Bob', bornIn: null } },
    },
    { id: 2, editedAt: null, author: null, replyTo: null },
  ])
})
