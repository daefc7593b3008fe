import { defineContract, event, request, room } from '@millrace/contract'
import { z } from 'zod'

const Message = z.object({ id: z.string(), author: z.string(), text: z.string() })

export const talk = defineContract({
  namespace: '/talk',
  rooms: {
    topic: room({
      params: z.object({ name: z.string() }),
      events: { message: event(Message) }, // durable: ordered and stored
      requests: {
        send: request({
          input: z.object({ text: z.string().min(1) }),
          output: Message,
        }),
      },
    }),
  },
})
