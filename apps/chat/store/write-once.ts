import { fail } from '@millrace/contract'
import type { Message } from '../contract.ts'
import type { ChatStore, Write } from './chat-store.ts'
import { sql, type Database } from '@millrace/app-database'
import { readMessage } from './read-messages.ts'

type Kind = 'create' | 'send' | 'edit' | 'delete' | 'react'

export const ofKey = ({ user, key }: Pick<Write, 'user' | 'key'>) => sql`user_id = ${user.id} and key = ${key}`

/**
 * Notes a write, so that it is made once: of two at once the second waits for the end of the first.
 *
 * @returns False where it was made before.
 */
export async function claimWrite(tx: Database, kind: Kind, write: Write, messageId: string): Promise<boolean> {
  const { user, key, conversationId } = write
  const isNew = await tx.has(sql`insert into writes (user_id, key, kind, conversation_id, message_id)
    values (${user.id}, ${key}, ${kind}, ${conversationId}, ${messageId}) on conflict do nothing returning key`)
  if (isNew) return true
  const isSame = await tx.has(sql`select key from writes where ${ofKey(write)} and kind = ${kind}
    and conversation_id = ${conversationId} and message_id = ${messageId}`)
  if (isSame) return false
  if (!(await tx.has(sql`select key from writes where ${ofKey(write)}`)))
    throw fail('FORBIDDEN', 'this key belongs to what somebody else did; draw a new one')
  throw fail('INVALID_INPUT', `the key ${key} was used for another change; draw a new one`)
}

/** Changes a message once, after all earlier writes of its conversation. */
export function changeOnce(
  database: Database,
  kind: Exclude<Kind, 'create'>,
  write: Write,
  messageId: string,
  work: (tx: Database, lastSeq: number) => Promise<unknown>,
): Promise<Message> {
  const { user, conversationId: id } = write
  return database.transact(async (tx) => {
    if (!(await claimWrite(tx, kind, write, messageId))) {
      const known = await tx.first<{ message: string | null }>(sql`select message from writes where ${ofKey(write)}`)
      return known?.message ? (JSON.parse(known.message) as Message) : readMessage(tx, messageId)
    }
    const turn = await tx.first<{ lastSeq: number; rev: number }>(sql`update conversations
      set rev = rev + 1, last_seq = last_seq + ${kind === 'send' ? 1 : 0} where id = ${id}
        and exists (select 1 from members where conversation_id = ${id} and user_id = ${user.id}) returning last_seq, rev`)
    if (!turn) throw fail('FORBIDDEN', 'you are not a member of this conversation; join it first')
    await work(tx, turn.lastSeq)
    const message = await readMessage(tx, messageId)
    await tx.all(sql`update writes set rev = ${turn.rev}, message = ${JSON.stringify(message)}, is_published = 0
      where ${ofKey(write)}`)
    return message
  })
}

export async function readUnpublished(database: Database): ReturnType<ChatStore['unpublished']> {
  type Row = Pick<Write, 'key' | 'conversationId'> & { id: string; name: string; message: string | null }
  const rows = await database.all<Row>(sql`select u.id, u.name, w.key, w.conversation_id, w.message
    from writes w join users u on u.id = w.user_id where is_published = 0 order by conversation_id, rev`)
  return rows.map(({ id, name, message, ...write }) => {
    return { ...write, user: { id, name }, message: message === null ? null : (JSON.parse(message) as Message) }
  })
}
