import { defineContract, event, request, room } from '@millrace/contract'
import { z } from 'zod'

/** What everybody sees of a user. */
export const PublicUser = z.object({ id: z.string().min(1).max(64), name: z.string().min(1).max(40) })

export const Draft = z.object({ text: z.string().trim().min(1).max(2_000) })

export const Message = z.object({
  /** Made from the author, the room and the request's key, so that it is the same on every retry. */
  id: z.string().min(1).max(64),
  author: PublicUser,
  text: z.string().min(1).max(2_000),
})

export type PublicUser = z.output<typeof PublicUser>
export type Message = z.output<typeof Message>

export const chat = defineContract({
  namespace: '/chat',
  requests: {
    whoami: request({ input: z.object({}), output: PublicUser, idempotent: true }),
  },
  rooms: {
    conversation: room({
      params: z.object({ conversationId: z.string().regex(/^[\w-]{1,64}$/) }),
      presence: { user: PublicUser, state: z.object({ status: z.enum(['active', 'away']) }) },
      events: {
        message: event(Message),
        typing: event(z.object({ isTyping: z.boolean() }), { delivery: 'volatile', publish: 'members' }),
      },
      requests: {
        'message.send': request({
          input: Draft,
          output: Message,
          errors: { SLOW_MODE: z.object({ waitMs: z.number().positive() }) },
          idempotent: true,
        }),
      },
      history: { maxEvents: 10_000, maxBytes: 16_000_000, ttlSeconds: 30 * 86_400 },
    }),
  },
})
