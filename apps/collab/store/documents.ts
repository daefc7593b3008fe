import { plain, sql } from '@millrace/app-database'
import { fail } from '@millrace/contract'
import { notYours, type StoreParts } from './changes.ts'
import type { CollabStore } from './collab-store.ts'
import { readComments } from './read-comments.ts'
import { readEntriesOf, readPeople, readRole, readShelf } from './read-shelf.ts'

/** Between two notes of an edit, ms. */
const editedEveryMs = 60_000

/** The part of the store that knows which documents there are, and whose. */
export const documents = ({ database, changes, bounds, now }: StoreParts) =>
  ({
    enter: ({ id, name }) =>
      database.transact(async (tx) => {
        await tx.all(sql`insert into users (id, name) values (${id}, ${name}) on conflict (id)
          do update set name = excluded.name where users.name <> excluded.name`)
      }),

    shelf: (userId) => readShelf(database, userId),
    entries: (documentId, userIds) => readEntriesOf(database, documentId, userIds),
    people: (documentId) => readPeople(database, documentId),
    role: (documentId, userId) => readRole(database, documentId, userId),

    desk: async (documentId) => {
      const which = sql`where id = ${documentId} and is_removed = 0`
      const row = await database.first<{ title: string; rev: number }>(sql`select title, rev from documents ${which}`)
      if (!row) throw fail('FORBIDDEN', 'this document was deleted')
      return { ...row, comments: await readComments(database, sql`c.document_id = ${documentId}`) }
    },

    create: (write, title, beginning) =>
      changes.once({ write: { ...write, documentId: write.key }, kind: 'create' }, async (tx) => {
        // The user's row first: it puts those who count in a line.
        await tx.all(sql`update users set name = name where id = ${write.userId}`)
        const own = await tx.first<{ count: number }>(sql`select count(*) as count from documents
          where owner_id = ${write.userId} and is_removed = 0`)
        if ((own?.count ?? 0) >= bounds.ownDocuments)
          throw fail('INVALID_INPUT', `you have ${bounds.ownDocuments} documents; delete one first`)
        const { text, copyOf } = { text: '', copyOf: null, ...beginning }
        if (copyOf !== null && (await readRole(tx, copyOf, write.userId)) === undefined)
          throw fail('FORBIDDEN', notYours)
        const isNew = await tx.has(sql`insert into documents (id, owner_id, title, at, edited_at, initial, copy_of)
          values (${write.key}, ${write.userId}, ${title}, ${now()}, ${now()}, ${plain(text) || null}, ${copyOf})
          on conflict (id) do nothing returning id`)
        if (!isNew) throw fail('FORBIDDEN', 'this id belongs to another document; make yours under a new key')
        return { kind: 'made' }
      }),

    beginnings: async (documentId) => {
      const which = documentId === undefined ? sql`` : sql`and id = ${documentId}`
      type Row = { documentId: string; initial: string | null; copyOf: string | null }
      const rows = await database.all<Row>(sql`select id as document_id, initial, copy_of from documents
        where (initial is not null or copy_of is not null) and is_removed = 0 ${which} order by id`)
      return rows.map(({ initial, copyOf, ...rest }) => ({
        ...rest,
        ...(copyOf ? { copyOf } : { text: initial ?? '' }),
      }))
    },

    noteFilled: (documentId) =>
      database.transact(async (tx) => {
        await tx.all(
          sql`update documents set initial = null, copy_of = null where id = ${documentId} and for_all is null`,
        )
      }),

    setTitle: (write, title) =>
      changes.make({ write, kind: 'title', subject: 'title', least: 'editor' }, async (tx, { rev, isForAll }) => {
        if (isForAll) throw fail('FORBIDDEN', 'what belongs to everybody keeps its title; make a copy')
        await tx.all(sql`update documents set title = ${title} where id = ${write.documentId}`)
        return { kind: 'titled', title, rev }
      }),

    remove: (write) =>
      changes.make({ write, kind: 'remove', least: 'owner' }, async (tx, { rev }) => {
        const id = write.documentId
        const userIds = await readPeople(tx, id)
        await tx.all(sql`delete from replies where comment_id in (select id from comments where document_id = ${id})`)
        for (const table of ['comments', 'grants', 'links'])
          await tx.all(sql`delete from ${sql.table(table)} where document_id = ${id}`)
        await tx.all(
          sql`update documents set is_removed = 1, title = '', initial = null, copy_of = null where id = ${id}`,
        )
        await changes.ledger.forget(tx, { topic: id })
        return { kind: 'removed', userIds, rev }
      }),

    leave: (write) =>
      changes.make({ write, kind: 'leave', least: 'reader' }, async (tx, { rev, role, isForAll }) => {
        if (role === 'owner') throw fail('INVALID_INPUT', 'this document is yours; delete it instead')
        if (isForAll) throw fail('INVALID_INPUT', 'this document belongs to everybody and stays on the list')
        await tx.all(sql`delete from grants where document_id = ${write.documentId} and user_id = ${write.userId}`)
        return { kind: 'roles', userIds: [write.userId], rev }
      }),

    noteEdited: (documentId) =>
      database.transact(async (tx) => {
        const at = now()
        await tx.all(sql`update documents set edited_at = ${at}
          where id = ${documentId} and is_removed = 0 and edited_at < ${at - editedEveryMs}`)
      }),
  }) satisfies Partial<CollabStore>
