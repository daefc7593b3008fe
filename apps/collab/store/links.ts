import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { sql, type Database } from '@millrace/app-database'
import { fail } from '@millrace/contract'
import type { GrantedRole, Link } from '../contract.ts'
import { notYours, type StoreParts } from './changes.ts'
import type { Bounds } from './bounds.ts'
import type { CollabStore } from './collab-store.ts'
import { readRole } from './read-shelf.ts'

/** 128 bits that nobody guesses, so that one round of a hash keeps them. */
const tokenBytes = 16
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

async function assertOwner(database: Database, documentId: string, userId: string): Promise<void> {
  const role = await readRole(database, documentId, userId)
  if (role !== 'owner')
    throw fail('FORBIDDEN', role ? 'only the owner of a document sees and makes its links' : notYours)
}

/** Compares with each in the same time, whether it is like the token or not. */
async function findLink(tx: Database, documentId: string, token: string) {
  const hash = hashOf(token)
  const links = await tx.all<{ id: string; role: GrantedRole; tokenHash: string }>(
    sql`select id, role, token_hash from links where document_id = ${documentId}`,
  )
  const [link] = links.filter(({ tokenHash }) => timingSafeEqual(hash, Buffer.from(tokenHash, 'base64')))
  if (link) return link
  throw fail('FORBIDDEN', 'this link does not work, or not any more; ask for a new one')
}

async function assertSpace(tx: Database, bounds: Bounds, documentId: string, userId: string): Promise<void> {
  // The user's row: it puts links to several documents in a line.
  await tx.all(sql`update users set name = name where id = ${userId}`)
  const counts = await tx.first<{ guests: number; shared: number }>(sql`select
    (select count(distinct user_id) from grants where document_id = ${documentId} and user_id <> ${userId}) as guests,
    (select count(distinct document_id) from grants where user_id = ${userId} and document_id <> ${documentId}) as shared`)
  if ((counts?.guests ?? 0) >= bounds.guests)
    throw fail('INVALID_INPUT', `links let ${bounds.guests} people into this document already; its owner can end one`)
  if ((counts?.shared ?? 0) >= bounds.sharedDocuments)
    throw fail('INVALID_INPUT', `${bounds.sharedDocuments} documents are shared with you already; leave one first`)
}

/** The part of the store that lets people in, and out. */
export const links = ({ database, changes, bounds, now }: StoreParts) =>
  ({
    links: async (documentId, userId) => {
      await assertOwner(database, documentId, userId)
      return database.all<Link>(sql`select id, role, at from links where document_id = ${documentId} order by at, id`)
    },

    makeLink: (documentId, userId, role) =>
      database.transact(async (tx) => {
        await tx.all(sql`update documents set rev = rev where id = ${documentId}`)
        await assertOwner(tx, documentId, userId)
        const known = await tx.first<{ count: number }>(
          sql`select count(*) as count from links where document_id = ${documentId}`,
        )
        if ((known?.count ?? 0) >= bounds.links)
          throw fail('INVALID_INPUT', `this document has ${bounds.links} links; end one first`)
        const token = randomBytes(tokenBytes).toString('base64url')
        const link: Link = { id: randomUUID(), role, at: now() }
        await tx.all(sql`insert into links (id, document_id, role, token_hash, at)
          values (${link.id}, ${documentId}, ${role}, ${hashOf(token).toString('base64')}, ${link.at})`)
        return { ...link, token }
      }),

    openLink: (write, token) =>
      changes.make({ write, kind: 'open' }, async (tx, { rev, role }) => {
        const { documentId, userId } = write
        const link = await findLink(tx, documentId, token)
        if (role === 'owner') return { kind: 'roles', userIds: [], rev }
        await assertSpace(tx, bounds, documentId, userId)
        const isNew = await tx.has(sql`insert into grants (document_id, user_id, link_id, role)
          values (${documentId}, ${userId}, ${link.id}, ${link.role}) on conflict do nothing returning user_id`)
        return { kind: 'roles', userIds: isNew ? [userId] : [], rev }
      }),

    endLink: (write, id) =>
      changes.make({ write, kind: 'end', subject: id, least: 'owner' }, async (tx, { rev }) => {
        const ended = await tx.all<{ userId: string }>(
          sql`delete from grants where document_id = ${write.documentId} and link_id = ${id} returning user_id`,
        )
        const isThere = await tx.has(
          sql`delete from links where id = ${id} and document_id = ${write.documentId} returning id`,
        )
        if (!isThere) throw fail('INVALID_INPUT', 'this link was ended already')
        return { kind: 'roles', userIds: ended.map(({ userId }) => userId).toSorted(), rev }
      }),
  }) satisfies Partial<CollabStore>
