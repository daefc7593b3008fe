import { bytes, defineContract, event, request, room } from '@millrace/contract'
import { z } from 'zod'

const Id = z.string().regex(/^[\w-]{1,64}$/)

/** Line breaks, other control characters, and those that would turn the text around a name. */
const troublesome = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u
const Title = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((title) => !troublesome.test(title), 'expected one line without control characters')

/** What everybody sees of a user. */
export const PublicUser = z.object({ id: Id, name: z.string().min(1).max(40) })

export const maxImageBytes = 400_000
export const maxTextLength = 4_000
const Text = z.string().trim().max(maxTextLength)
const Mentions = z.array(Id).max(20).default([])

export const Draft = z
  .object({
    text: Text,
    mentions: Mentions,
    replyTo: Id.optional(),
    /** A PNG, JPEG, GIF or WebP file. */
    image: z
      .instanceof(Uint8Array)
      .refine((file) => file.byteLength <= maxImageBytes, 'the picture is too large')
      .optional(),
  })
  .refine(({ text, image }) => text !== '' || image !== undefined, 'a message needs text or a picture')

export const Message = z.object({
  /** The key of the request that sent it. */
  id: Id,
  conversationId: Id,
  /** 1, 2, 3.. in each conversation. */
  seq: z.int().positive(),
  /** Rises with every change; of two versions of a message the higher is the newer. */
  rev: z.int().positive(),
  author: PublicUser,
  /** Of the server's clock, ms since 1970. */
  at: z.number(),
  editedAt: z.number().nullable(),
  /** Then text, image and reactions are empty. */
  isDeleted: z.boolean(),
  text: z.string().max(maxTextLength),
  mentions: z.array(PublicUser),
  replyTo: z.object({ id: Id, author: PublicUser, text: z.string().max(200) }).nullable(),
  /** Pixels. The file itself is read with `image.read`. */
  image: z.object({ id: Id, width: z.int().positive(), height: z.int().positive() }).nullable(),
  reactions: z.array(z.object({ emoji: z.string(), userIds: z.array(Id) })),
})

export const Conversation = z.object({
  id: Id,
  /** `open`: everybody may join. `closed`: its members only. `direct`: two people. */
  kind: z.enum(['open', 'closed', 'direct']),
  /** Empty for a direct one, which is named after the other person. */
  title: z.string().max(60),
})

/** A conversation as one of its members sees it in the list. */
export const InboxEntry = Conversation.extend({
  /** The other person of a direct conversation. */
  other: PublicUser.nullable(),
  lastSeq: z.int().nonnegative(),
  last: z.object({ author: PublicUser, text: z.string().max(200), at: z.number() }).nullable(),
  /** Everything up to here was seen on one of the user's devices; unread are `lastSeq - readSeq`. */
  readSeq: z.int().nonnegative(),
  /** Unread messages that mention the user. */
  mentionCount: z.int().nonnegative(),
  /** Rises with every change. */
  rev: z.int().positive(),
})

const Page = z.object({ messages: z.array(Message), hasMore: z.boolean() })

export type Page = z.output<typeof Page>
export type PublicUser = z.output<typeof PublicUser>
export type Draft = z.output<typeof Draft>
export type Message = z.output<typeof Message>
export type Conversation = z.output<typeof Conversation>
export type InboxEntry = z.output<typeof InboxEntry>

/** The emoji that the page offers; a message takes no other. */
export const emoji = ['👍', '❤️', '😂', '🎉', '😮', '😢'] as const
export type Emoji = (typeof emoji)[number]

const One = z.object({ id: Id })
const Query = z.object({ query: z.string().trim().max(60) })

/** May be sent again with its key at any time. */
const ask = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  request({ input, output, idempotent: true })

export const chat = defineContract({
  namespace: '/chat',
  requests: {
    whoami: ask(z.object({}), PublicUser),
    'people.search': ask(Query, z.array(PublicUser)),
    /** Open conversations by title, those of the user included. */
    'conversation.search': ask(Query, z.array(Conversation)),
    'conversation.create': ask(
      z.object({ title: Title, isOpen: z.boolean(), memberIds: z.array(Id).max(50).default([]) }),
      InboxEntry,
    ),
    'conversation.join': ask(One, InboxEntry),
    'direct.open': ask(z.object({ userId: Id }), InboxEntry),
  },
  rooms: {
    /** One per user: the list of conversations, and what is unread. */
    inbox: room({
      params: z.object({ userId: Id }),
      snapshot: z.object({ conversations: z.array(InboxEntry) }),
      events: { conversation: event(InboxEntry, { delivery: 'latest', key: 'id' }) },
    }),
    conversation: room({
      params: z.object({ conversationId: Id }),
      presence: { user: PublicUser, state: z.object({ status: z.enum(['active', 'away']) }) },
      /** The newest messages, in order. */
      snapshot: Page,
      events: {
        /** A new message, or a new version of one. */
        message: event(Message),
        typing: event(z.object({ isTyping: z.boolean() }), { delivery: 'volatile', publish: 'members' }),
      },
      requests: {
        'message.send': request({
          input: Draft,
          output: Message,
          errors: { SLOW_MODE: z.object({ waitMs: z.number().positive() }), NOT_AN_IMAGE: z.object({}) },
          idempotent: true,
        }),
        'message.edit': ask(One.extend({ text: Text.min(1), mentions: Mentions }), Message),
        'message.delete': ask(One, Message),
        'message.react': ask(One.extend({ emoji: z.enum(emoji), isOn: z.boolean() }), Message),
        /** The messages before a `seq`, in order. */
        'message.list': ask(z.object({ before: z.int().positive(), limit: z.int().min(1).max(100).default(50) }), Page),
        'image.read': request({ input: One, output: bytes(), idempotent: true, parallel: true }),
        /** Moves the user's own mark forward, never back. */
        read: ask(z.object({ seq: z.int().nonnegative() }), z.object({})),
      },
      history: { maxEvents: 10_000, maxBytes: 16_000_000, ttlSeconds: 30 * 86_400 },
    }),
  },
})
