import { z } from 'zod'
import { emoji, PublicUser } from '../contract.ts'
import { sql, type Database } from '@millrace/app-database'
import { sqlChatStore } from './sql-chat-store.ts'

const Ids = z.array(z.string())
const Text = z.object({ by: z.string(), minutesAgo: z.number(), text: z.string(), replyTo: z.string().optional() })
const SeedMessage = Text.extend({
  mentions: Ids.default([]),
  reactions: z.partialRecord(z.enum(emoji), Ids).default({}),
  hasPicture: z.boolean().default(false),
})
const Seed = z.object({
  people: z.array(PublicUser),
  conversations: z.array(
    z.object({ id: z.string(), title: z.string(), maker: z.string(), messages: z.array(SeedMessage) }),
  ),
  picture: z.object({ type: z.string(), width: z.int(), height: z.int(), base64: z.base64() }),
})

/** Fills an empty database, so that the first visitor is not alone. Ids are fixed: of two nodes at once, one does it. */
export async function seed(database: Database, json: string, now: number): Promise<void> {
  const { people, conversations, picture } = Seed.parse(JSON.parse(json))
  let at = now - 7 * 86_400_000
  await database.transact(async (tx) => {
    const store = sqlChatStore(tx, () => at)
    for (const user of people) await store.enter(user)
    if (await tx.has(sql`select 1 from conversations`)) return
    for (const { id: conversationId, title, maker, messages } of conversations) {
      const write = (id: string, key: string) => ({ user: { id, name: '' }, conversationId, key })
      const ids = people.map((user) => user.id)
      await store.create(write(maker, conversationId), title, true, ids)
      for (const [index, { by, minutesAgo, reactions, hasPicture, ...draft }] of messages.entries()) {
        const id = `${conversationId}-${index + 1}`
        at = now - minutesAgo * 60_000
        const bytes = Buffer.from(picture.base64, 'base64')
        await store.send(write(by, id), draft, hasPicture ? { ...picture, bytes } : undefined)
        for (const [mark, fans] of Object.entries(reactions))
          for (const fan of fans) await store.react(write(fan, `${id}-${fan}-${mark}`), id, mark, true)
      }
    }
    await tx.all(sql`update conversations set is_start = 1`)
    await tx.all(sql`update members set read_seq = (select last_seq from conversations where id = conversation_id)`)
    await tx.all(sql`update writes set is_published = 1`)
  })
}
