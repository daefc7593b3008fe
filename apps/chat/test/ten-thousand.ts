import SqliteFile from 'libsql'

const words = 'once and in order the server was killed while we kept typing and nothing was lost at all'.split(' ')
const minute = 60_000

/** From one word to some lines, now and then with a link or a mention: as people write. */
function textOf(seq: number): string {
  const length = 1 + ((seq * 7) % 13) + (seq % 29 === 0 ? 40 : 0)
  const said = Array.from({ length }, (_, index) => words[(seq + index * 5) % words.length]).join(' ')
  return `No ${seq}. ${said}${seq % 17 === 0 ? ` https://example.com/${seq}` : ''}`
}

/** Fills a conversation that has no messages with ten thousand, while no server has the file: some per author, many per day. */
export function fillConversation(file: string, conversationId: string, authorIds: readonly string[]): void {
  const database = new SqliteFile(file)
  const add = database.prepare(
    'insert into messages (id, conversation_id, seq, author_id, at, text) values (?, ?, ?, ?, ?, ?)',
  )
  const react = database.prepare("insert into reactions (message_id, user_id, emoji, rev) values (?, ?, '👍', 1)")
  const begin = Date.now() - 10_000 * minute
  database.transaction(() => {
    for (let seq = 1; seq <= 10_000; seq++) {
      const author = authorIds[Math.floor(seq / 3) % authorIds.length]
      add.run(`no-${seq}`, conversationId, seq, author, begin + seq * minute, textOf(seq))
      if (seq % 11 === 0) react.run(`no-${seq}`, author)
    }
    database.prepare('update conversations set last_seq = 10000 where id = ?').run(conversationId)
  })()
  database.close()
}
