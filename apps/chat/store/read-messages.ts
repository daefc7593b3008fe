import { list, sql, type Database, type Query } from '@millrace/app-database'
import type { Message, PublicUser } from '../contract.ts'

interface Row extends Omit<Message, 'isDeleted' | 'mentions' | 'reactions'> {
  readonly isDeleted: number
  /** Ids. */
  readonly mentions: string | null
  /** `emoji/id`, in order. */
  readonly reactions: string | null
}

/** The first 200 UTF-16 units, without half a character at the end. */
export const excerpt = (text: string): string => text.slice(0, 200).replace(/[\uD800-\uDBFF]$/, '')

const split = (text: string | null): string[] => text?.split(' ') ?? []

/** Messages `m`. Each is as it was at one moment; the names are those of now. */
export async function readMessages(database: Database, which: Query<unknown>): Promise<Message[]> {
  const rows = await database.all<Row>(sql`
    select m.id, m.conversation_id, m.seq, m.rev, m.at, m.edited_at, m.text, m.is_deleted,
      a.id as "author.id", a.name as "author.name",
      r.id as "reply_to.id", r.text as "reply_to.text", b.id as "reply_to.author.id", b.name as "reply_to.author.name",
      i.message_id as "image.id", i.width as "image.width", i.height as "image.height",
      (select string_agg(user_id, ' ' order by user_id) from mentions where message_id = m.id) as mentions,
      (select string_agg(emoji || '/' || user_id, ' ' order by rev) from reactions where message_id = m.id) as reactions
    from messages m join users a on a.id = m.author_id left join messages r on r.id = m.reply_to
      left join users b on b.id = r.author_id left join images i on i.message_id = m.id
    where ${which}`)
  const ids = rows.flatMap(({ mentions }) => split(mentions))
  const named = ids.length > 0 ? sql`select id, name from users where id in (${list(ids)})` : undefined
  const people = new Map(named && (await database.all<PublicUser>(named)).map((user) => [user.id, user]))
  return rows.map((row) => ({
    ...row,
    isDeleted: row.isDeleted === 1,
    mentions: split(row.mentions).map((id) => people.get(id) ?? { id, name: id }),
    replyTo: row.replyTo && { ...row.replyTo, text: excerpt(row.replyTo.text) },
    reactions: toReactions(row.reactions),
  }))
}

function toReactions(marks: string | null): Message['reactions'] {
  const userIds = new Map<string, string[]>()
  for (const [emoji = '', id = ''] of split(marks).map((mark) => mark.split('/')))
    userIds.set(emoji, [...(userIds.get(emoji) ?? []), id])
  return [...userIds].map(([emoji, ids]) => ({ emoji, userIds: ids }))
}

/** A message that is there. */
export async function readMessage(database: Database, id: string): Promise<Message> {
  const [message] = await readMessages(database, sql`m.id = ${id}`)
  if (message) return message
  throw new Error(`the message ${id} vanished within its own transaction`)
}
