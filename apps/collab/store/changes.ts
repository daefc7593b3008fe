import { Ledger, sql, type Database } from '@millrace/app-database'
import { fail } from '@millrace/contract'
import type { Role } from '../contract.ts'
import type { Bounds } from './bounds.ts'
import type { DocumentWrite } from './collab-store.ts'
import type { News } from './news.ts'
import { isAtLeast, readRole } from './read-shelf.ts'

export interface Change {
  readonly write: DocumentWrite
  /** `title`, `comment`.. */
  readonly kind: string
  /** What the key stands for beside its document, for example the id of a comment. */
  readonly subject?: string
  /** The least that may. Absent: anybody who is let in by `work`. */
  readonly least?: Role
  /** The answer to another attempt, where that of the first was forgotten. Absent, or undefined: it is gone. */
  readonly again?: (tx: Database) => Promise<News | undefined>
}

/** What a change finds: its document's new `rev`, and what the user was in it. */
export interface Turn {
  readonly rev: number
  readonly role: Role | undefined
  readonly isForAll: boolean
}

/** What the parts of the store share. */
export interface StoreParts {
  readonly database: Database
  readonly changes: Changes
  readonly bounds: Bounds
  /** ms since 1970. */
  readonly now: () => number
}

export const notYours = 'there is no such document, or you may not open it; ask its owner for a link'

/** Makes changes of documents, once each and one after the other for each document. */
export class Changes {
  readonly ledger: Ledger<News>

  constructor(database: Database) {
    this.ledger = new Ledger(database)
  }

  /** @throws MillraceError `FORBIDDEN` where the document is not there or the user is less than `least`. */
  make<N extends News>(change: Change, work: (tx: Database, turn: Turn) => Promise<N>): Promise<N> {
    const { userId, documentId } = change.write
    const { least } = change
    return this.once(change, async (tx) => {
      // The row first: on PostgreSQL it puts the changes of one document in a line.
      const row = await tx.first<{ rev: number; forAll: string | null }>(sql`update documents set rev = rev + 1
        where id = ${documentId} and is_removed = 0 returning rev, for_all`)
      const role = row && (await readRole(tx, documentId, userId))
      if (!row || (least && role === undefined)) throw fail('FORBIDDEN', notYours)
      if (least && !isAtLeast(role, least)) throw fail('FORBIDDEN', refusals[least])
      return work(tx, { rev: row.rev, role, isForAll: row.forAll !== null })
    })
  }

  /** Of what may be without its document, such as making it. */
  once<N extends News>(change: Change, work: (tx: Database) => Promise<N>): Promise<N> {
    const { write, kind, subject = '', again } = change
    let made: N | undefined
    return this.ledger.once(
      { userId: write.userId, key: write.key, topic: write.documentId, subject, kind },
      async (tx) => {
        made = await work(tx)
      },
      async (tx) => {
        const news = made ?? ((await again?.(tx)) as N | undefined)
        if (news) return news
        throw fail('INVALID_INPUT', 'what this made was removed since')
      },
    )
  }
}

const refusals: Readonly<Record<Role, string>> = {
  owner: 'only the owner of a document may do this',
  editor: 'you may read this document, not change it; ask its owner for a link to edit',
  reader: notYours,
}
