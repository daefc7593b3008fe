import { defineContract, event, request, room } from '@millrace/contract'
import { z } from 'zod'

const Payload = z.object({ seq: z.number(), at: z.number(), text: z.string() })
const params = z.object({ id: z.string() })

/** What the other contenders do, as a Millrace application writes it. */
export const benchContract = defineContract({
  namespace: '/bench',
  requests: { echo: request({ input: Payload, output: Payload }) },
  rooms: {
    feed: room({ params, events: { message: event(Payload, { delivery: 'durable' }) } }),
    live: room({ params, events: { message: event(Payload, { delivery: 'volatile' }) } }),
  },
})
