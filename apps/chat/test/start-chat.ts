import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type Client, type RoomClient } from '@millrace/client'
import { createServer, memory, type StoreProvider } from '@millrace/server'
import { onTestFinished } from 'vitest'
import { chat, type InboxEntry, type PublicUser } from '../contract.ts'
import { createChat } from '../server.ts'
import type { ChatStore } from '../store/chat-store.ts'
import { openChatStore } from '../store/open-chat-store.ts'

export interface ChatNodeOptions {
  readonly place: Parameters<typeof openChatStore>[0]
  /** Default: one of its own. */
  readonly events?: StoreProvider
  /** What stands between handlers and database. */
  readonly wrap?: (store: ChatStore) => ChatStore
}

export interface ChatNode {
  readonly url: string
  readonly store: ChatStore
  readonly errors: readonly unknown[]
  publishMissed(): Promise<void>
  /** A new connection of this user. */
  connect(id: string, name?: string): Someone
  close(): Promise<void>
}

/** A user over one connection. */
interface Someone {
  readonly user: PublicUser
  readonly client: Client
  readonly space: ReturnType<typeof spaceOf>
  /** In the own inbox; what it holds is what snapshot and events say. */
  inbox(): Promise<Map<string, InboxEntry>>
  /** In that conversation. */
  enter(conversationId: string): Promise<RoomClient<typeof chat.rooms.conversation>>
}

const spaceOf = (client: Client) => client.use(chat)

/** A file for a database that is gone after the test. */
export function databaseFile(): { readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-chat-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return { file: join(folder, 'chat.sqlite') }
}

/** The chat on a real server and a real database, until the test is finished. */
export async function startChat({
  place,
  events = memory(),
  wrap = (store) => store,
}: ChatNodeOptions): Promise<ChatNode> {
  const errors: unknown[] = []
  const onError = (error: unknown): void => void errors.push(error)
  const authenticate = ({ auth }: { readonly auth: Readonly<Record<string, unknown>> }) => ({
    user: { id: String(auth.id), name: String(auth.name) },
  })
  const store = await openChatStore({ ...place, isEmpty: true })
  const limits = { maxPayloadBytes: 512 * 1024 }
  const server = createServer<PublicUser>({ store: events, authenticate, limits, onError })
  const { implementation, publishMissed } = createChat({
    store: wrap(store),
    rooms: server,
    monotonicMs: () => 0,
    onError,
  })
  server.mount(implementation)
  const url = `http://localhost:${await server.listen(0)}`
  const clients: Client[] = []
  let closed: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await Promise.all(clients.map((client) => client.close()))
    await server.close()
    await store.close()
  }
  const node: ChatNode = {
    url,
    store,
    errors,
    publishMissed,
    connect: (id, name = id) => {
      const client = createClient({ url, auth: { id, name } })
      clients.push(client)
      return someone(client, { id, name })
    },
    close: () => (closed ??= close()),
  }
  onTestFinished(() => node.close())
  return node
}

function someone(client: Client, user: PublicUser): Someone {
  const space = spaceOf(client)
  return {
    user,
    client,
    space,
    inbox: async () => {
      const entries = new Map<string, InboxEntry>()
      const take = (entry: InboxEntry): void => {
        if (entry.rev >= (entries.get(entry.id)?.rev ?? 0)) entries.set(entry.id, entry)
      }
      const room = space.room('inbox', { userId: user.id })
      room.on('conversation', take)
      const { snapshot } = await room.join()
      snapshot.conversations.forEach(take)
      return entries
    },
    enter: async (conversationId) => {
      const room = space.room('conversation', { conversationId })
      await room.join({ presence: { status: 'active' } })
      return room
    },
  }
}
