import { sql, type Database, type Query } from '@millrace/app-database'
import type { Comment, Reply } from '../contract.ts'

type Row = Omit<Comment, 'anchor' | 'replies'> & { readonly anchorFrom: string; readonly anchorTo: string }

/** Comments `c`, in the order in which they were written. The names are those of now. */
export async function readComments(database: Database, which: Query<unknown>): Promise<Comment[]> {
  // Replies after their comments: those that came between have a newer version of the comment on its way.
  const comments = await database.all<Row>(sql`select c.id, c.rev, c.at, c.edited_at, c.text, c.quote,
      c.anchor_from, c.anchor_to, a.id as "author.id", a.name as "author.name",
      c.resolved_at as "resolved.at", b.id as "resolved.by.id", b.name as "resolved.by.name"
    from comments c join users a on a.id = c.author_id left join users b on b.id = c.resolved_by
    where ${which} order by c.turn`)
  const replies = await database.all<
    Reply & { commentId: string }
  >(sql`select r.id, r.comment_id, r.at, r.edited_at, r.text,
      a.id as "author.id", a.name as "author.name"
    from replies r join comments c on c.id = r.comment_id join users a on a.id = r.author_id
    where ${which} order by r.turn`)
  return comments.map(({ anchorFrom, anchorTo, ...rest }) => ({
    ...rest,
    anchor: { from: anchorFrom, to: anchorTo },
    replies: replies.flatMap(({ commentId, ...reply }) => (commentId === rest.id ? [reply] : [])),
  }))
}
