import { WritePublisher, type Write as WriteKey } from '@millrace/app-database'
import { fail } from '@millrace/contract'
import { createNewestPublisher, enterOnce, implement, Pace, type Implementation, type Server } from '@millrace/server'
import { checkImage } from './check-image.ts'
import { chat, type InboxEntry, type Message, type PublicUser } from './contract.ts'
import type { ChatStore, Write } from './store/chat-store.ts'

export { openChatStore } from './store/open-chat-store.ts'

export interface ChatOptions {
  readonly store: ChatStore
  /** The server that the chat is mounted on. */
  readonly rooms: Pick<Server<PublicUser>, 'room'>
  /** A clock that only goes forward. */
  readonly monotonicMs: () => number
  readonly onError: (error: unknown) => void
}

interface Change {
  readonly user: PublicUser
  readonly key: string | undefined
  readonly params: { readonly conversationId: string }
}

/** @returns The chat for `server.mount`, and what publishes, once the server listens, what an earlier process could not. */
export function createChat({ store, rooms, monotonicMs, onError }: ChatOptions): {
  readonly implementation: Implementation<PublicUser>
  readonly publishMissed: () => Promise<void>
} {
  /** At once, as many messages as somebody types in a few minutes without a connection. */
  const pace = new Pace({ burst: 100, intervalMs: 500 })
  const tell = createNewestPublisher({
    read: (conversationId) => store.inboxEntries(conversationId),
    target: ({ userId }) => userId,
    version: ({ entry }) => entry.rev,
    publish: ({ userId, entry }) => rooms.room(chat, 'inbox', { userId }).publish('conversation', entry),
  })
  /** By the server, not by a user, so that the log knows the key again whoever publishes: a handler or a later process. */
  const writes = new WritePublisher({
    ledger: store,
    publish: async ({ key, conversationId, message }) => {
      if (message) await rooms.room(chat, 'conversation', { conversationId }).publish('message', message, { key })
      await tell(conversationId)
    },
    onError,
  })

  const entryOf = async (user: PublicUser, conversationId: string): Promise<InboxEntry> => {
    const entry = (await store.inbox(user.id)).find(({ id }) => id === conversationId)
    if (entry) return entry
    throw fail('FORBIDDEN', 'you are not in this conversation; join it')
  }

  const change = (context: Change, make: (write: Write) => Promise<Message>) =>
    writes.run(context, (write) => make({ ...write, ...context.params }))

  const implementation = implement<typeof chat, PublicUser>(chat, {
    // Whoever asks or joins is known to the store by the name that they have now.
    use: [enterOnce<PublicUser>((user) => store.enter(user))],
    requests: {
      whoami: ({ user }) => user,
      'people.search': async ({ input }) => [...(await store.searchPeople(input.query, 20))],
      'conversation.search': async ({ input }) => [...(await store.searchOpen(input.query, 50))],
      'conversation.create': async (context) => {
        const { title, isOpen, memberIds } = context.input
        const make = (write: WriteKey) =>
          store.create({ ...write, conversationId: write.key }, title, isOpen, memberIds)
        return entryOf(context.user, await writes.run(context, make))
      },
      'conversation.join': async ({ input, user }) => {
        await store.join(input.id, user.id)
        await tell(input.id, user.id)
        return entryOf(user, input.id)
      },
      'direct.open': async ({ input, user }) => {
        const id = await store.openDirect(user.id, input.userId)
        await tell(id)
        return entryOf(user, id)
      },
    },
    rooms: {
      inbox: {
        authorize: ({ user, params }) => user.id === params.userId,
        snapshot: async ({ params }) => ({ conversations: [...(await store.inbox(params.userId))] }),
      },
      conversation: {
        authorize: ({ user, params }) => store.isMember(params.conversationId, user.id),
        snapshot: ({ params }) => store.messages(params.conversationId, 50),
        requests: {
          'message.send': (context) =>
            change(context, async (write) => {
              const { image, ...draft } = context.input
              const waitMs = (await store.isKnown(write)) ? 0 : pace.take(write.userId, monotonicMs())
              if (waitMs > 0) return context.fail('SLOW_MODE', { waitMs }, 'too many messages; wait a moment')
              const picture = image && checkImage(image)
              if (!image || picture) return store.send(write, draft, picture)
              return context.fail('NOT_AN_IMAGE', {}, 'this is no PNG, JPEG, GIF or WebP picture; choose another file')
            }),
          'message.edit': (context) =>
            change(context, (write) => store.edit(write, context.input.id, context.input.text, context.input.mentions)),
          'message.delete': (context) => change(context, (write) => store.delete(write, context.input.id)),
          'message.react': (context) =>
            change(context, (write) => store.react(write, context.input.id, context.input.emoji, context.input.isOn)),
          'message.list': ({ params, input }) => store.messages(params.conversationId, input.limit, input.before),
          'image.read': async ({ params, input }) => {
            const bytes = await store.image(params.conversationId, input.id)
            if (bytes) return bytes
            throw fail('INVALID_INPUT', 'there is no such picture; its message may have been deleted')
          },
          read: async ({ user, params, input }) => {
            const hasMoved = await store.read(params.conversationId, user.id, input.seq)
            if (hasMoved) await tell(params.conversationId, user.id)
            return {}
          },
        },
      },
    },
  })

  return { implementation, publishMissed: () => writes.publishMissed() }
}
