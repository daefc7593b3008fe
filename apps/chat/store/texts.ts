import { sql, type Query } from '@millrace/app-database'

/** Neither database gives back what follows a NUL in a text. */
export const plain = (text: string): string => text.replaceAll('\0', '')

/** What stands between the parentheses of `in`; of nothing, something that nothing equals. */
export const list = (ids: Iterable<string>): Query<unknown> => sql.join([sql`null`, ...ids])
