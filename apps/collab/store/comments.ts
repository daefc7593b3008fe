import { plain, sql, type Database } from '@millrace/app-database'
import { fail } from '@millrace/contract'
import { maxReplyLength } from '../contract.ts'
import type { StoreParts, Turn } from './changes.ts'
import type { Bounds } from './bounds.ts'
import type { CollabStore, DocumentWrite, NoteName } from './collab-store.ts'
import type { News, NewsOf } from './news.ts'
import { readComments } from './read-comments.ts'

const taken = 'this id belongs to another comment; write yours under a new key'
const notHere = 'this comment is not in the document any more'

/** After the write, within its transaction. */
async function assertBounds(tx: Database, bounds: Bounds, documentId: string): Promise<void> {
  const sums = await tx.first<{ notes: number; characters: number }>(sql`
    select count(*) as notes, sum(length(text)) as characters from (
      select text from comments where document_id = ${documentId} union all
      select r.text from replies r join comments c on c.id = r.comment_id where c.document_id = ${documentId}) as notes`)
  if ((sums?.notes ?? 0) <= bounds.notes && (sums?.characters ?? 0) <= bounds.characters) return
  throw fail(
    'INVALID_INPUT',
    `the comments of this document are at most ${bounds.notes} and hold at most
    ${bounds.characters} characters; remove some that are done`.replace(/\s+/g, ' '),
  )
}

async function newsOf(tx: Database, id: string): Promise<NewsOf<'comment'> | undefined> {
  const [comment] = await readComments(tx, sql`c.id = ${id}`)
  return comment && { kind: 'comment', comment }
}

/** The part of the store that knows what was said about the texts. */
export const comments = ({ changes, bounds, now }: StoreParts) => {
  const told = async (tx: Database, documentId: string, id: string): Promise<NewsOf<'comment'>> => {
    await assertBounds(tx, bounds, documentId)
    const news = await newsOf(tx, id)
    if (news) return news
    throw new Error(`the comment ${id} vanished within its own transaction`)
  }

  /** A change of a comment that is there. `work` comes after the comment got its new version. */
  const revise = <N extends News>(
    kind: string,
    write: DocumentWrite,
    { id, replyId }: NoteName,
    work: (tx: Database, turn: Turn) => Promise<N>,
  ) => {
    const change = {
      write,
      kind,
      subject: replyId ?? id,
      least: 'editor',
      again: (tx: Database) => newsOf(tx, id),
    } as const
    return changes.make(change, async (tx, turn) => {
      const isHere = await tx.has(sql`update comments set rev = ${turn.rev}
        where id = ${id} and document_id = ${write.documentId} returning id`)
      if (!isHere) throw fail('INVALID_INPUT', notHere)
      return work(tx, turn)
    })
  }

  const authorOf = async (tx: Database, { id, replyId }: NoteName): Promise<string> => {
    const which = replyId
      ? sql`select author_id from replies where id = ${replyId} and comment_id = ${id}`
      : sql`select author_id from comments where id = ${id}`
    const row = await tx.first<{ authorId: string }>(which)
    if (row) return row.authorId
    throw fail('INVALID_INPUT', notHere)
  }

  return {
    addComment: (write, { text, quote, anchor }) => {
      const { key: id, documentId, userId } = write
      const again = (tx: Database) => newsOf(tx, id)
      return changes.make({ write, kind: 'comment', subject: id, least: 'editor', again }, async (tx, { rev }) => {
        const isNew = await tx.has(sql`insert into comments
          (id, document_id, turn, rev, author_id, at, text, quote, anchor_from, anchor_to)
          values (${id}, ${documentId}, ${rev}, ${rev}, ${userId}, ${now()}, ${plain(text)}, ${plain(quote)},
            ${anchor.from}, ${anchor.to}) on conflict (id) do nothing returning id`)
        if (!isNew) throw fail('FORBIDDEN', taken)
        return told(tx, documentId, id)
      })
    },

    reply: (write, id, text) =>
      revise('reply', write, { id, replyId: write.key }, async (tx, { rev }) => {
        const known = await tx.first<{ count: number }>(
          sql`select count(*) as count from replies where comment_id = ${id}`,
        )
        if ((known?.count ?? 0) >= bounds.replies)
          throw fail('INVALID_INPUT', `a comment has at most ${bounds.replies} replies; begin another one`)
        const isNew = await tx.has(sql`insert into replies (id, comment_id, turn, author_id, at, text)
          values (${write.key}, ${id}, ${rev}, ${write.userId}, ${now()}, ${plain(text)})
          on conflict (id) do nothing returning id`)
        if (!isNew) throw fail('FORBIDDEN', taken)
        return told(tx, write.documentId, id)
      }),

    resolve: (write, id, isResolved) =>
      revise('resolve', write, { id }, async (tx) => {
        const [by, at] = isResolved ? [write.userId, now()] : [null, null]
        await tx.all(sql`update comments set resolved_by = ${by}, resolved_at = ${at} where id = ${id}`)
        return told(tx, write.documentId, id)
      }),

    editNote: (write, note, text) =>
      revise('edit', write, note, async (tx) => {
        if ((await authorOf(tx, note)) !== write.userId) throw fail('FORBIDDEN', 'only its author may edit a comment')
        if (note.replyId && text.length > maxReplyLength)
          throw fail('INVALID_INPUT', `a reply has at most ${maxReplyLength} characters`)
        const [table, id] = note.replyId ? ['replies', note.replyId] : ['comments', note.id]
        await tx.all(sql`update ${sql.table(table)} set text = ${plain(text)}, edited_at = ${now()} where id = ${id}`)
        return told(tx, write.documentId, note.id)
      }),

    removeNote: (write, note) =>
      revise<NewsOf<'comment' | 'commentGone'>>('remove', write, note, async (tx, { role }) => {
        if ((await authorOf(tx, note)) !== write.userId && role !== 'owner')
          throw fail('FORBIDDEN', 'only its author, or the owner of the document, may remove a comment')
        const replies = await tx.all<{ id: string }>(sql`select id from replies where comment_id = ${note.id}`)
        // Answers to writes of the comment and of each reply hold all of it.
        for (const { id } of [note, ...replies])
          await changes.ledger.forget(tx, { topic: write.documentId, subject: id })
        const which = note.replyId ? sql`id = ${note.replyId}` : sql`comment_id = ${note.id}`
        await tx.all(sql`delete from replies where ${which}`)
        if (note.replyId) return told(tx, write.documentId, note.id)
        await tx.all(sql`delete from comments where id = ${note.id}`)
        return { kind: 'commentGone', id: note.id }
      }),
  } satisfies Partial<CollabStore>
}
