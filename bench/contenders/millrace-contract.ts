import { defineContract, event, request, room, series } from '@millrace/contract'
import { z } from 'zod'

const Payload = z.object({ seq: z.number(), at: z.number(), text: z.string() })
const Quote = Payload.extend({ key: z.string(), value: z.number() })
const params = z.object({ id: z.string() })
const message = event(Payload)

/** One number a second, for a day. */
export const price = series({ keys: z.string(), fields: ['price'] })

/** What the other contenders do, as a Millrace application writes it. */
export const benchContract = defineContract({
  namespace: '/bench',
  requests: { echo: request({ input: Payload, output: Payload }) },
  rooms: {
    feed: room({ params, events: { message } }),
    live: room({ params, events: { message: event(Payload, { delivery: 'volatile' }) } }),
    stream: room({ params, events: { message }, flushMs: 10 }),
    // 60 times a second.
    board: room({ params, events: { quote: event(Quote, { delivery: 'latest', key: 'key' }) }, flushMs: 16 }),
    // More than its readers miss.
    heavy: room({ params, events: { message }, history: { maxEvents: 1_000_000, maxBytes: 1_000_000_000 } }),
    charts: room({ params, series: { price } }),
  },
})
