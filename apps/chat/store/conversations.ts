import { randomUUID } from 'node:crypto'
import { contains, fold, list, sql, type Database, type Ledger, type Query } from '@millrace/app-database'
import { fail } from '@millrace/contract'
import type { Conversation, Message, PublicUser } from '../contract.ts'
import type { ChatStore } from './chat-store.ts'
import { readInbox } from './read-inbox.ts'

const isMember = (database: Database, conversationId: string, userId: string): Promise<boolean> =>
  database.has(sql`select 1 from members where conversation_id = ${conversationId} and user_id = ${userId}`)

/** What was said before somebody came counts as read. */
const admit = (tx: Database, userId: string, which: Query<unknown>) =>
  tx.all(sql`insert into members (conversation_id, user_id, read_seq) select id, ${userId}, last_seq from conversations
    where kind = 'open' and ${which} on conflict do nothing`)

/** Not beyond the last message. */
export const moveMark = (tx: Database, conversationId: string, userId: string, seq: number): Promise<boolean> =>
  tx.has(sql`update members set read_seq = ${seq}, rev = rev + 1
    where conversation_id = ${conversationId} and user_id = ${userId} and read_seq < ${seq}
      and ${seq} <= (select last_seq from conversations where id = ${conversationId}) returning rev`)

/** The part of the store that knows who is where. */
export const conversations = (database: Database, ledger: Ledger<Message | null>, now: () => number) =>
  ({
    enter: ({ id, name }) =>
      database.transact(async (tx) => {
        await tx.all(sql`insert into users (id, name, folded) values (${id}, ${name}, ${fold(name)}) on conflict (id)
          do update set name = excluded.name, folded = excluded.folded where users.name <> excluded.name`)
        await admit(tx, id, sql`is_start = 1`)
      }),

    searchPeople: (query, limit) =>
      database.all<PublicUser>(
        sql`select id, name from users where ${contains('folded', query)} order by folded limit ${limit}`,
      ),

    searchOpen: (query, limit) =>
      database.all<Conversation>(sql`select id, kind, title from conversations
        where kind = 'open' and ${contains('folded', query)} order by folded limit ${limit}`),

    isMember: (conversationId, userId) => isMember(database, conversationId, userId),
    inbox: async (userId) => (await readInbox(database, sql`m.user_id = ${userId}`)).map(({ entry }) => entry),
    inboxEntries: (conversationId) => readInbox(database, sql`m.conversation_id = ${conversationId}`),

    create: async (write, title, isOpen, memberIds) => {
      const id = write.conversationId
      const make = async (tx: Database) => {
        const isNew = await tx.has(sql`insert into conversations (id, kind, title, folded, at)
          values (${id}, ${isOpen ? 'open' : 'closed'}, ${title}, ${fold(title)}, ${now()})
          on conflict (id) do nothing returning id`)
        if (!isNew) throw fail('FORBIDDEN', 'this id belongs to another conversation; make yours under a new key')
        const people = new Set([write.userId, ...memberIds])
        const added = await tx.all(sql`insert into members (conversation_id, user_id)
          select ${id}, id from users where id in (${list(people)}) returning user_id`)
        if (added.length < people.size) throw fail('INVALID_INPUT', 'one of these people was never here')
      }
      await ledger.once({ ...write, topic: id, subject: '', kind: 'create' }, make, () => Promise.resolve(null))
      return id
    },

    join: (conversationId, userId) =>
      database.transact(async (tx) => {
        await admit(tx, userId, sql`id = ${conversationId}`)
        if (await isMember(tx, conversationId, userId)) return
        throw fail('FORBIDDEN', 'this conversation is not open; ask a member to add you')
      }),

    openDirect: (userId, otherId) =>
      database.transact(async (tx) => {
        const pair = [userId, otherId].toSorted().join(' ')
        await tx.all(sql`insert into conversations (id, kind, title, folded, pair, at)
          values (${randomUUID()}, 'direct', '', '', ${pair}, ${now()}) on conflict (pair) do nothing`)
        await tx.all(sql`insert into members (conversation_id, user_id, other_id)
          select c.id, a.id, b.id from conversations c, users a, users b where c.pair = ${pair} and
            (a.id = ${userId} and b.id = ${otherId} or a.id = ${otherId} and b.id = ${userId}) on conflict do nothing`)
        const direct = await tx.first<{ id: string }>(sql`select id from conversations
          join members on conversation_id = id where pair = ${pair}`)
        if (direct) return direct.id
        throw fail('INVALID_INPUT', 'this person was never here')
      }),

    read: (conversationId, userId, seq) => database.transact((tx) => moveMark(tx, conversationId, userId, seq)),
  }) satisfies Partial<ChatStore>
