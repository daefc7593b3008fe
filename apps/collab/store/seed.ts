import { readFile } from 'node:fs/promises'
import { sql, type Query } from '@millrace/app-database'
import { anchorOf } from '../page-update.ts'

const people = [
  ['ada-okafor', 'Ada Okafor'],
  ['lina-berg', 'Lina Berg'],
  ['kenji-mori', 'Kenji Mori'],
] as const

interface SeedNote {
  readonly by: (typeof people)[number][0]
  readonly minutesAgo: number
  readonly text: string
}

interface SeedDocument {
  readonly id: string
  readonly title: string
  readonly forAll: 'editor' | 'reader'
  readonly minutesAgo: number
  readonly comments: readonly (SeedNote & { readonly quote: string; readonly replies: readonly SeedNote[] })[]
}

/** The texts are in `seed/`, each under its id. */
const documents: readonly SeedDocument[] = [
  {
    id: 'welcome',
    title: 'Welcome',
    forAll: 'editor',
    minutesAgo: 30,
    comments: [
      {
        by: 'ada-okafor',
        minutesAgo: 3_000,
        quote: 'two people in one paragraph are fine',
        text: 'Twenty are fine as well, we tried. It was loud, though.',
        replies: [
          { by: 'kenji-mori', minutesAgo: 2_980, text: 'The server did not notice. The people did.' },
          { by: 'lina-berg', minutesAgo: 2_975, text: 'Twenty-one cursors look like confetti.' },
        ],
      },
    ],
  },
  {
    id: 'summer-party',
    title: 'Summer party',
    forAll: 'editor',
    minutesAgo: 200,
    comments: [
      {
        by: 'lina-berg',
        minutesAgo: 1_500,
        quote: 'something with lemon',
        text: 'Tart or cake? And who?',
        replies: [{ by: 'ada-okafor', minutesAgo: 1_490, text: 'Both, and whoever reads this first.' }],
      },
      {
        by: 'kenji-mori',
        minutesAgo: 400,
        quote: '900 €',
        text: 'Does that include the deposit for the tables? It was 60 € last time, and we forgot it.',
        replies: [],
      },
    ],
  },
  { id: 'writing-guide', title: 'How we write', forAll: 'reader', minutesAgo: 9_000, comments: [] },
]

/**
 * What a new database has, so that the first visitor finds something: in statements that change nothing the second time.
 *
 * @param folder Of the texts. @param now ms since 1970.
 */
export async function seedStatements(folder: URL, now: number): Promise<Query<unknown>[]> {
  const statements = people.map(
    ([id, name]) => sql`insert into users (id, name) values (${id}, ${name}) on conflict do nothing`,
  )
  for (const document of documents) {
    const text = await readFile(new URL(`${document.id}.md`, folder), 'utf8')
    statements.push(...statementsOf(document, text, (minutesAgo) => now - minutesAgo * 60_000))
  }
  return statements
}

function statementsOf(
  { id, title, forAll, minutesAgo, comments }: SeedDocument,
  text: string,
  at: (ago: number) => number,
) {
  const first = at(20_000)
  return [
    sql`insert into documents (id, owner_id, title, for_all, rev, at, edited_at, initial) values (${id}, ${people[0][0]},
      ${title}, ${forAll}, ${comments.length + 1}, ${first}, ${at(minutesAgo)}, ${text}) on conflict do nothing`,
    ...comments.flatMap((comment, index) => {
      const commentId = `${id}-${index + 1}`
      const { from, to } = anchorOf(id, text, comment.quote)
      return [
        sql`insert into comments (id, document_id, turn, rev, author_id, at, text, quote, anchor_from, anchor_to)
          values (${commentId}, ${id}, ${index + 2}, ${index + 2}, ${comment.by}, ${at(comment.minutesAgo)}, ${comment.text},
            ${comment.quote}, ${from}, ${to}) on conflict do nothing`,
        ...comment.replies.map(
          (reply, turn) => sql`insert into replies (id, comment_id, turn, author_id, at, text)
            values (${`${commentId}-${turn + 1}`}, ${commentId}, ${turn}, ${reply.by}, ${at(reply.minutesAgo)}, ${reply.text})
            on conflict do nothing`,
        ),
      ]
    }),
  ]
}
