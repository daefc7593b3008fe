import { defineContract, event, request, room } from '@millrace/contract'
import { z } from 'zod'

const params = z.object({ id: z.string() })
const Text = z.object({ text: z.string().max(1_000) })
const Said = Text.extend({ run: z.number() })

/** Requests of every kind that an outbox tells apart. */
export const desk = defineContract({
  namespace: '/desk',
  rooms: {
    talk: room({
      params,
      snapshot: z.object({ runs: z.number() }),
      events: { said: event(Text) },
      requests: {
        say: request({
          input: Text,
          output: Said,
          errors: { SLOW_MODE: z.object({ waitMs: z.number() }) },
          idempotent: true,
        }),
        /** May not run twice. */
        pay: request({ input: Text, output: Said }),
        file: request({
          input: z.object({ name: z.string(), file: z.instanceof(Uint8Array) }),
          output: z.number(),
          idempotent: true,
        }),
      },
    }),
    club: room({
      params,
      presence: { user: z.object({ name: z.string() }), state: z.object({ status: z.enum(['active', 'away']) }) },
      requests: { say: request({ input: Text, output: Said, idempotent: true }) },
    }),
    hall: room({ requests: { late: request({ input: Text.refine(async () => true), output: Said }) } }),
  },
})

export const a = { id: 'a' }
