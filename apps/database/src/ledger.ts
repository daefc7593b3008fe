import { fail } from '@millrace/contract'
import { sql, type Database } from './database.ts'

/** A change of one user, made once under the key of the request that asked for it. */
export interface Write {
  readonly userId: string
  readonly key: string
}

export interface WriteDetails extends Write {
  /** What is published in one order, for example a conversation. A key stands for one write of it, whoever made it. */
  readonly topic: string
  /** What the write changes, for example a message. */
  readonly subject: string
  /** How: `send`, `edit`.. */
  readonly kind: string
}

/** For `openDatabase`. */
export const ledgerTables = {
  'ledger-1': [
    // `turn` orders what is unpublished in a topic. `answer`: JSON, as the write left it; null once it is forgotten.
    `create table if not exists ledger (
      user_id text not null,
      key text not null,
      topic text not null,
      subject text not null,
      kind text not null,
      turn integer not null default 0,
      answer text,
      is_published integer not null default 0,
      primary key (user_id, key)
    )`,
    `create unique index if not exists ledger_by_key on ledger (topic, key)`,
    `create index if not exists ledger_by_subject on ledger (topic, subject)`,
    `create index if not exists ledger_unpublished on ledger (topic, turn) where is_published = 0`,
  ],
}

const ofKey = ({ userId, key }: Write) => sql`user_id = ${userId} and key = ${key}`

/**
 * Which writes were made and with what answer, and which of them nobody was told of yet: a transactional outbox. `Answer` is
 * what JSON holds.
 */
export class Ledger<Answer> {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  isKnown(write: Write): Promise<boolean> {
    return this.#database.has(sql`select 1 from ledger where ${ofKey(write)}`)
  }

  /**
   * Makes a write once: of two at once the second waits for the end of the first. What `work` stores and the note of it are
   * one transaction. Where the writes of a topic are to be published in their order, `work` first changes a row that they have
   * in common, which on PostgreSQL puts them in a line.
   *
   * @param read The answer after the work; also that of a write that was forgotten.
   * @returns The answer; of a write that was made before, the one that it had then.
   * @throws MillraceError `INVALID_INPUT` where the user's key stands for another write, `FORBIDDEN` where it stands for one
   * of somebody else.
   */
  once<A extends Answer>(
    write: WriteDetails,
    work: (tx: Database) => Promise<unknown>,
    read: (tx: Database) => Promise<A>,
  ): Promise<A> {
    return this.#database.transact(async (tx) => {
      if (!(await claim(tx, write))) {
        const known = await tx.first<{ answer: string | null }>(sql`select answer from ledger where ${ofKey(write)}`)
        return known?.answer ? (JSON.parse(known.answer) as A) : read(tx)
      }
      await work(tx)
      const answer = await read(tx)
      await tx.all(sql`update ledger set answer = ${JSON.stringify(answer)}, is_published = 0,
        turn = (select coalesce(max(turn), 0) + 1 from ledger where topic = ${write.topic} and is_published = 0)
        where ${ofKey(write)}`)
      return answer
    })
  }

  /**
   * For the work of a write that takes away what others left, such as a deletion: their answers leave the ledger, and what
   * was not published of them never is. Without a subject, those of the whole topic.
   */
  async forget(tx: Database, { topic, subject }: { readonly topic: string; readonly subject?: string }): Promise<void> {
    const which = subject === undefined ? sql`` : sql`and subject = ${subject}`
    await tx.all(sql`update ledger set answer = null, is_published = 1 where topic = ${topic} ${which}`)
  }

  /** Writes that were not noted as published, in the order of their topic. @param write That one alone. */
  async unpublished(write?: Write): Promise<(Write & { readonly topic: string; readonly answer: Answer })[]> {
    type Row = Write & { topic: string; answer: string }
    const which = write === undefined ? sql`` : sql`and ${ofKey(write)}`
    const rows = await this.#database.all<Row>(sql`select user_id, key, topic, answer from ledger
      where is_published = 0 ${which} order by topic, turn`)
    return rows.map((row) => ({ ...row, answer: JSON.parse(row.answer) as Answer }))
  }

  notePublished(write: Write): Promise<void> {
    return this.#database.transact(async (tx) => {
      await tx.all(sql`update ledger set is_published = 1 where ${ofKey(write)}`)
    })
  }
}

/** @returns False where the write was made before. */
async function claim(tx: Database, write: WriteDetails): Promise<boolean> {
  const { userId, key, topic, subject, kind } = write
  const isNew = await tx.has(sql`insert into ledger (user_id, key, topic, subject, kind)
    values (${userId}, ${key}, ${topic}, ${subject}, ${kind}) on conflict do nothing returning key`)
  if (isNew) return true
  const known = await tx.first<WriteDetails>(sql`select topic, subject, kind from ledger where ${ofKey(write)}`)
  if (known === undefined) throw fail('FORBIDDEN', 'this key belongs to what somebody else did; draw a new one')
  if (known.topic === topic && known.subject === subject && known.kind === kind) return false
  throw fail('INVALID_INPUT', `the key ${key} was used for another change; draw a new one`)
}
