import { sql, type Database, type Query } from '@millrace/app-database'
import type { InboxEntry } from '../contract.ts'
import { excerpt } from './read-messages.ts'

/** Conversations as members `m` see them, the newest first. */
export async function readInbox(database: Database, which: Query<unknown>) {
  const rows = await database.all<InboxEntry & { readonly userId: string }>(sql`
    select m.user_id, c.id, c.kind, c.title, c.last_seq, m.read_seq, c.rev + m.rev as rev,
      o.id as "other.id", o.name as "other.name",
      a.id as "last.author.id", a.name as "last.author.name", l.text as "last.text", l.at as "last.at",
      (select count(*) from mentions x
        where x.user_id = m.user_id and x.conversation_id = c.id and x.seq > m.read_seq) as mention_count
    from members m join conversations c on c.id = m.conversation_id left join users o on o.id = m.other_id
      left join messages l on l.conversation_id = c.id and l.seq = c.last_seq left join users a on a.id = l.author_id
    where ${which} order by coalesce(l.at, c.at) desc, c.id`)
  return rows.map(({ userId, last, ...rest }) => {
    const entry: InboxEntry = { ...rest, last: last && { ...last, text: excerpt(last.text) } }
    return { userId, entry }
  })
}
