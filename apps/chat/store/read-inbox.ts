import { sql, type Database, type Query } from '@millrace/app-database'
import type { InboxEntry } from '../contract.ts'
import { excerpt } from './read-messages.ts'

interface Row extends Omit<InboxEntry, 'other' | 'last'> {
  userId: string
  otherId: string | null
  otherName: string | null
  authorId: string | null
  authorName: string | null
  text: string | null
  at: number | null
}

const person = (id: string | null, name: string | null) => (id === null || name === null ? null : { id, name })

/** Conversations as members `m` see them, the newest first. */
export async function readInbox(database: Database, which: Query<unknown>) {
  const rows = await database.all<Row>(sql`
    select m.user_id, c.id, c.kind, c.title, c.last_seq, m.read_seq, c.rev + m.rev as rev, l.text, l.at,
      o.id as other_id, o.name as other_name, a.id as author_id, a.name as author_name,
      (select count(*) from mentions x
        where x.user_id = m.user_id and x.conversation_id = c.id and x.seq > m.read_seq) as mention_count
    from members m join conversations c on c.id = m.conversation_id left join users o on o.id = m.other_id
      left join messages l on l.conversation_id = c.id and l.seq = c.last_seq left join users a on a.id = l.author_id
    where ${which} order by coalesce(l.at, c.at) desc, c.id`)
  return rows.map(({ userId, otherId, otherName, authorId, authorName, text, at, ...entry }) => {
    const author = person(authorId, authorName)
    const last = author && at !== null ? { author, text: excerpt(text), at } : null
    return { userId, entry: { ...entry, other: person(otherId, otherName), last } satisfies InboxEntry }
  })
}
