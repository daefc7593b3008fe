import { randomUUID } from 'node:crypto'
import { fail } from '@millrace/contract'
import { implement, type Implementation, type Server } from '@millrace/server'
import { checkImage } from './check-image.ts'
import { chat, Message, type InboxEntry, type PublicUser } from './contract.ts'
import { createInboxNews } from './inbox-news.ts'
import { SlowMode } from './slow-mode.ts'
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
  const slowMode = new SlowMode()
  const tell = createInboxNews(store.inboxEntries.bind(store), (userId, entry) =>
    rooms.room(chat, 'inbox', { userId }).publish('conversation', entry),
  )
  /** By the object that a connection has for its user. */
  const entered = new WeakMap<object, Promise<void>>()
  const enter = (user: PublicUser): Promise<void> => {
    const entering = entered.get(user) ?? store.enter(user)
    entered.set(user, entering)
    return entering.catch((error: unknown) => {
      entered.delete(user)
      throw error
    })
  }

  const entryOf = async (user: PublicUser, conversationId: string, onlyTo?: string): Promise<InboxEntry> => {
    const own = (await tell(conversationId, onlyTo)).find(({ userId }) => userId === user.id)
    if (own === undefined) throw fail('FORBIDDEN', 'you are not in this conversation; join it')
    return own.entry
  }

  /** By the server, not by a user, so that the log knows the key again whoever publishes: a handler or a later process. */
  const publish = async (write: Write, message: Message | null): Promise<void> => {
    const { key, conversationId } = write
    if (message) await rooms.room(chat, 'conversation', { conversationId }).publish('message', message, { key })
    await tell(conversationId)
    await store.notePublished(write)
  }

  /** Stores under the request's key, then publishes under it: a retry finds what is there and goes on. */
  const change = async (context: Change, make: (write: Write) => Promise<Message>, isDeletion = false) => {
    const write = { user: context.user, key: keyOf(context.key), conversationId: context.params.conversationId }
    const message = await make(write)
    // What was deleted since is told by its deletion.
    await publish(write, message.isDeleted && !isDeletion ? null : message)
    return message
  }

  const implementation = implement<typeof chat, PublicUser>(chat, {
    // Whoever asks or joins is known to the store by the name that they have now.
    use: [({ user }, next) => enter(user as PublicUser).then(next)],
    requests: {
      whoami: ({ user }) => user,
      'people.search': async ({ input }) => [...(await store.searchPeople(input.query, 20))],
      'conversation.search': async ({ input }) => [...(await store.searchOpen(input.query, 50))],
      'conversation.create': async ({ input, user, key: requestKey }) => {
        const key = keyOf(requestKey)
        await store.create({ user, key, conversationId: key }, input.title, input.isOpen, input.memberIds)
        const entry = await entryOf(user, key)
        await store.notePublished({ user, key })
        return entry
      },
      'conversation.join': async ({ input, user }) => {
        await store.join(input.id, user.id)
        return entryOf(user, input.id, user.id)
      },
      'direct.open': async ({ input, user }) => entryOf(user, await store.openDirect(user.id, input.userId)),
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
              const waitMs = (await store.isKnown(write)) ? 0 : slowMode.take(write.user.id, monotonicMs())
              if (waitMs > 0) return context.fail('SLOW_MODE', { waitMs }, 'too many messages; wait a moment')
              const picture = image && checkImage(image)
              if (!image || picture) return store.send(write, draft, picture)
              return context.fail('NOT_AN_IMAGE', {}, 'this is no PNG, JPEG, GIF or WebP picture; choose another file')
            }),
          'message.edit': (context) =>
            change(context, (write) => store.edit(write, context.input.id, context.input.text, context.input.mentions)),
          'message.delete': (context) => change(context, (write) => store.delete(write, context.input.id), true),
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

  return {
    implementation,
    publishMissed: async () => {
      for (const { message, ...write } of await store.unpublished()) await publish(write, message).catch(onError)
    },
  }
}

/** It becomes an id. Clients without retries send none. */
function keyOf(key: string = randomUUID()): string {
  if (Message.shape.id.safeParse(key).success) return key
  throw fail('INVALID_INPUT', 'the key of a request has 1 to 64 letters, digits, _ or -; draw another')
}
