import { bytes, defineContract, event, request, room } from '@millrace/contract'
import { z } from 'zod'

const Message = z.object({ text: z.string() })

export const chat = defineContract({
  namespace: '/chat',
  requests: {
    'conversation.create': request({
      input: z.object({ title: z.string().max(80) }),
      output: z.object({ id: z.string(), createdAt: z.string().transform((text) => new Date(text)) }),
      errors: { TITLE_TAKEN: z.object({ suggestion: z.string() }) },
    }),
  },
  questions: { confirm: request({ input: z.object({ text: z.string() }), output: z.boolean() }) },
  events: { notice: event(Message) },
  rooms: {
    conversation: room({
      params: z.object({ conversationId: z.string().regex(/^[\w-]{1,64}$/) }),
      snapshot: z.object({ messages: z.array(Message) }),
      events: {
        message: event(Message),
        renamed: event(z.object({ title: z.string() }), { version: 2 }),
        file: event(bytes()),
        said: event(Message, { publish: 'members' }),
        score: event(z.object({ player: z.string(), points: z.number() }), { delivery: 'latest', key: 'player' }),
        typing: event(z.object({ who: z.string() }), { delivery: 'volatile', publish: 'members' }),
      },
      requests: {
        'message.send': request({
          input: Message,
          output: Message,
          errors: { SLOW_MODE: z.object({ waitMs: z.number() }) },
        }),
      },
    }),
    lobby: room({
      presence: { user: z.object({ name: z.string() }), state: z.object({ status: z.enum(['active', 'away']) }) },
      events: { hello: event(Message) },
    }),
  },
})

/** A second contract, which shares the connection. */
export const admin = defineContract({
  namespace: '/admin',
  requests: { stop: request({ input: z.object({}), output: z.null() }) },
})
