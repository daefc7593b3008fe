import { defineContract, event, request, room } from '@millrace/contract'
import { z } from 'zod'

const Draft = z.object({ text: z.string().min(1) })
const Message = Draft.extend({ id: z.string(), author: z.string() })

export const talk = defineContract({
  namespace: '/talk',
  rooms: {
    topic: room({
      params: z.object({ name: z.string() }),
      // Durable by default: stored, ordered, recovered.
      events: { message: event(Message) },
      requests: {
        send: request({ input: Draft, output: Message }),
      },
    }),
  },
})
