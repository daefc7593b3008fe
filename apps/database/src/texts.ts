import { sql, type Query } from './database.ts'

/** Neither database gives back what follows a NUL in a text. */
export const plain = (text: string): string => text.replaceAll('\0', '')

/** What searches compare, for a column of its own: without regard to case and width. */
export const fold = (text: string): string => plain(text).normalize('NFKC').toLowerCase()

/** Whether the column, of texts that `fold` made, has the query in it; `%`, `_` and `\` stand for themselves. */
export const contains = (column: string, query: string): Query<unknown> =>
  sql`${sql.ref(column)} like ${`%${fold(query).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`} escape '\\'`

/** What stands between the parentheses of `in`; of nothing, something that nothing equals. */
export const list = (ids: Iterable<string>): Query<unknown> => sql.join([sql`null`, ...ids])
