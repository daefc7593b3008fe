import { list, sql, type Database, type Query } from '@millrace/app-database'
import type { GrantedRole, Role, ShelfEntry } from '../contract.ts'

const ranks: readonly (Role | null)[] = [null, 'reader', 'editor', 'owner']

export const isAtLeast = (role: Role | undefined, least: Role): boolean =>
  ranks.indexOf(role ?? null) >= ranks.indexOf(least)

type Row = Omit<ShelfEntry, 'role' | 'isForAll'> & {
  readonly userId: string
  readonly granted: GrantedRole | null
  readonly forAll: GrantedRole | null
}

/** Documents `d` as users `u` have them, the latest edits first. Those who may not open one are left out. */
async function readEntries(database: Database, which: Query<unknown>) {
  // Of `editor` and `reader` the first is more.
  const rows = await database.all<Row>(sql`select u.id as user_id, d.id, d.title, d.at, d.edited_at, d.rev, d.for_all,
      o.id as "owner.id", o.name as "owner.name",
      (select min(role) from grants g where g.document_id = d.id and g.user_id = u.id) as granted
    from users u, documents d join users o on o.id = d.owner_id
    where d.is_removed = 0 and ${which} order by d.edited_at desc, d.id`)
  return rows.flatMap(({ userId, granted, forAll, ...rest }) => {
    const role = roleOf(rest.owner.id === userId, granted, forAll)
    return role ? [{ userId, entry: { ...rest, role, isForAll: forAll !== null } satisfies ShelfEntry }] : []
  })
}

function roleOf(isOwner: boolean, ...roles: readonly (GrantedRole | null)[]): Role | undefined {
  if (isOwner) return 'owner'
  return (['editor', 'reader'] as const).find((role) => roles.includes(role))
}

export async function readShelf(database: Database, userId: string): Promise<ShelfEntry[]> {
  const theirs = sql`select id from documents where owner_id = ${userId} and is_removed = 0
    union select document_id from grants where user_id = ${userId}
    union select id from documents where for_all is not null`
  return (await readEntries(database, sql`u.id = ${userId} and d.id in (${theirs})`)).map(({ entry }) => entry)
}

export async function readEntriesOf(database: Database, documentId: string, userIds: readonly string[]) {
  const entries = await readEntries(database, sql`d.id = ${documentId} and u.id in (${list(userIds)})`)
  return new Map(entries.map(({ userId, entry }) => [userId, entry]))
}

export async function readRole(database: Database, documentId: string, userId: string): Promise<Role | undefined> {
  return (await readEntriesOf(database, documentId, [userId])).get(userId)?.role
}

export async function readPeople(database: Database, documentId: string): Promise<string[]> {
  const people = await database.all<{ userId: string }>(sql`select owner_id as user_id from documents
    where id = ${documentId} union select user_id from grants where document_id = ${documentId} order by user_id`)
  return people.map(({ userId }) => userId)
}
