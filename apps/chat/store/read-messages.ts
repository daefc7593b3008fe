import { sql, type Database, type Query } from '@millrace/app-database'
import type { Message, PublicUser } from '../contract.ts'

interface Row extends Pick<Message, 'id' | 'conversationId' | 'seq' | 'rev' | 'at' | 'editedAt' | 'text'> {
  authorId: string
  isDeleted: number
  replyTo: string | null
  repliedId: string | null
  repliedText: string | null
  width: number | null
  height: number | null
  /** Ids. */
  mentions: string | null
  /** `emoji/id`, in order. */
  reactions: string | null
}

/** The first 200 UTF-16 units, without half a character at the end. */
export const excerpt = (text: string | null): string => (text ?? '').slice(0, 200).replace(/[\uD800-\uDBFF]$/, '')

const split = (text: string | null): string[] => text?.split(' ') ?? []

/** Messages `m`. Each is as it was at one moment; the names are those of now. */
export async function readMessages(database: Database, which: Query<unknown>): Promise<Message[]> {
  const rows = await database.all<Row>(sql`
    select m.id, m.conversation_id, m.seq, m.rev, m.at, m.edited_at, m.text, m.author_id, m.is_deleted, m.reply_to,
      r.author_id as replied_id, r.text as replied_text, i.width, i.height,
      (select string_agg(user_id, ' ' order by user_id) from mentions where message_id = m.id) as mentions,
      (select string_agg(emoji || '/' || user_id, ' ' order by rev) from reactions where message_id = m.id) as reactions
    from messages m left join messages r on r.id = m.reply_to left join images i on i.message_id = m.id
    where ${which}`)
  const ids = rows.flatMap((row) => [row.authorId, row.repliedId ?? row.authorId, ...split(row.mentions)])
  if (ids.length === 0) return []
  const named = await database.all<PublicUser>(sql`select id, name from users where id in (${sql.join(ids)})`)
  const people = new Map(named.map((user) => [user.id, user]))
  return rows.map((row) => toMessage(row, (id) => people.get(id) ?? { id, name: id }))
}

function toMessage(row: Row, person: (id: string) => PublicUser): Message {
  const { authorId, isDeleted, replyTo, repliedId, repliedText, width, height, mentions, reactions, ...rest } = row
  const userIds = new Map<string, string[]>()
  for (const [emoji = '', id = ''] of split(reactions).map((mark) => mark.split('/')))
    userIds.set(emoji, [...(userIds.get(emoji) ?? []), id])
  return {
    ...rest,
    author: person(authorId),
    isDeleted: isDeleted === 1,
    mentions: split(mentions).map(person),
    replyTo: replyTo && repliedId ? { id: replyTo, author: person(repliedId), text: excerpt(repliedText) } : null,
    image: width && height ? { id: row.id, width, height } : null,
    reactions: [...userIds].map(([emoji, ids]) => ({ emoji, userIds: ids })),
  }
}

/** A message that is there. */
export async function readMessage(database: Database, id: string): Promise<Message> {
  const [message] = await readMessages(database, sql`m.id = ${id}`)
  if (message) return message
  throw new Error(`the message ${id} vanished within its own transaction`)
}
