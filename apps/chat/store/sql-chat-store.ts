import { Ledger, list, plain, sql, type Database } from '@millrace/app-database'
import { fail } from '@millrace/contract'
import type { Message } from '../contract.ts'
import type { ChatStore, Write } from './chat-store.ts'
import { conversations, moveMark } from './conversations.ts'
import { readMessage, readMessages } from './read-messages.ts'

type Kind = 'edit' | 'delete' | 'react'
type Work = (tx: Database, number: number) => Promise<unknown>

const mention = (tx: Database, messageId: string, ids: readonly string[]) =>
  tx.all(sql`insert into mentions (message_id, user_id, conversation_id, seq)
    select m.id, p.user_id, m.conversation_id, m.seq from messages m join members p using (conversation_id)
    where m.id = ${messageId} and p.user_id in (${list(ids)})`)

/**
 * The chat in tables. Each change of messages updates the conversation's row before it reads, which on PostgreSQL puts them
 * in a line; on SQLite all transactions are.
 *
 * @param now ms since 1970.
 */
export function sqlChatStore(database: Database, now: () => number): ChatStore {
  const ledger = new Ledger<Message | null>(database)

  /** Makes a message, or a new version of it, once. `work` gets the last `seq`, which is its own where it sends. */
  const change = (kind: Kind | 'send', write: Write, subject: string, work: Work) => {
    const { userId, conversationId: topic } = write
    const takeTurn = async (tx: Database) => {
      const turn = await tx.first<{ lastSeq: number }>(sql`update conversations
        set rev = rev + 1, last_seq = last_seq + ${kind === 'send' ? 1 : 0} where id = ${topic}
          and exists (select 1 from members where conversation_id = ${topic} and user_id = ${userId}) returning last_seq`)
      if (!turn) throw fail('FORBIDDEN', 'you are not a member of this conversation; join it first')
      await work(tx, turn.lastSeq)
    }
    return ledger.once({ ...write, topic, subject, kind }, takeTurn, (tx) => readMessage(tx, subject))
  }

  /** Makes a new version of a message that is there. `work` gets its `rev`. */
  const revise = (kind: Kind, write: Write, id: string, work: Work) =>
    change(kind, write, id, async (tx) => {
      type Row = { rev: number; authorId: string; isDeleted: number }
      const message = await tx.first<Row>(sql`update messages set rev = rev + 1
        where id = ${id} and conversation_id = ${write.conversationId} returning rev, author_id, is_deleted`)
      if (!message) throw fail('INVALID_INPUT', 'this message is not in the conversation')
      if (kind !== 'react' && message.authorId !== write.userId)
        throw fail('FORBIDDEN', `only its author may ${kind} a message`)
      if (kind !== 'delete' && message.isDeleted === 1) throw fail('INVALID_INPUT', 'this message was deleted')
      await work(tx, message.rev)
    })

  return {
    ...conversations(database, ledger, now),

    messages: async (conversationId, limit, before) => {
      const earlier = before === undefined ? sql`` : sql`and m.seq < ${before}`
      const which = sql`m.conversation_id = ${conversationId} ${earlier} order by m.seq desc limit ${limit + 1}`
      const newestFirst = await readMessages(database, which)
      return { messages: newestFirst.slice(0, limit).toReversed(), hasMore: newestFirst.length > limit }
    },

    image: async (conversationId, id) => {
      const image = await database.first<{ bytes: Uint8Array | ArrayBuffer }>(sql`select bytes from images
        join messages on id = message_id where id = ${id} and conversation_id = ${conversationId}`)
      return image && new Uint8Array(image.bytes)
    },

    isKnown: (write) => ledger.isKnown(write),

    send: (write, { text, mentions, replyTo }, picture) =>
      change('send', write, write.key, async (tx, seq) => {
        const { userId, key: id, conversationId } = write
        const isHere =
          replyTo && sql`select 1 from messages where id = ${replyTo} and conversation_id = ${conversationId}`
        if (isHere && !(await tx.has(isHere)))
          throw fail('INVALID_INPUT', 'the message that this one answers is not in the conversation')
        const isNew = await tx.has(sql`insert into messages (id, conversation_id, seq, author_id, at, text, reply_to)
          values (${id}, ${conversationId}, ${seq}, ${userId}, ${now()}, ${plain(text)}, ${replyTo ?? null})
          on conflict (id) do nothing returning id`)
        if (!isNew) throw fail('FORBIDDEN', 'this id belongs to another message; send yours under a new key')
        if (picture)
          await tx.all(sql`insert into images (message_id, type, width, height, bytes)
            values (${id}, ${picture.type}, ${picture.width}, ${picture.height}, ${picture.bytes})`)
        await mention(tx, id, mentions)
        await moveMark(tx, conversationId, userId, seq)
      }),

    edit: (write, id, text, mentions) =>
      revise('edit', write, id, async (tx) => {
        await tx.all(sql`update messages set text = ${plain(text)}, edited_at = ${now()} where id = ${id}`)
        await tx.all(sql`delete from mentions where message_id = ${id}`)
        await mention(tx, id, mentions)
      }),

    delete: (write, id) =>
      revise('delete', write, id, async (tx) => {
        await tx.all(sql`update messages set text = '', is_deleted = 1 where id = ${id}`)
        for (const table of ['mentions', 'reactions', 'images'])
          await tx.all(sql`delete from ${sql.table(table)} where message_id = ${id}`)
        await ledger.forget(tx, { topic: write.conversationId, subject: id })
      }),

    react: (write, id, emoji, isOn) =>
      revise('react', write, id, (tx, rev) =>
        isOn
          ? tx.all(sql`insert into reactions (message_id, user_id, emoji, rev)
              values (${id}, ${write.userId}, ${emoji}, ${rev}) on conflict do nothing`)
          : tx.all(
              sql`delete from reactions where message_id = ${id} and user_id = ${write.userId} and emoji = ${emoji}`,
            ),
      ),

    unpublished: async (write) => {
      const rows = await ledger.unpublished(write)
      return rows.map(({ topic, answer, ...rest }) => ({ ...rest, conversationId: topic, message: answer }))
    },
    notePublished: (write) => ledger.notePublished(write),
    close: () => database.close(),
  }
}
