import { bytes, defineContract, event, request, room } from '@millrace/contract'
import { z } from 'zod'

export interface User {
  readonly id: string
  readonly role: 'member' | 'owner'
}

const note = z.object({ text: z.string() })
/** Input and output differ, so that a mix-up of the two does not compile. */
const date = z.object({ on: z.string().transform((text) => new Date(text)) })

export const contract = defineContract({
  namespace: '/lab',
  requests: { plan: request({ input: date, output: note, errors: { SLOW_MODE: z.object({ seconds: z.number() }) } }) },
  questions: { confirm: request({ input: z.string(), output: date }) },
  events: { notice: event(note), file: event(bytes()) },
  rooms: {
    desk: room({
      params: z.object({ id: z.coerce.number() }),
      presence: { user: z.object({ name: z.string() }), state: note },
      snapshot: note,
      events: {
        note: event(note),
        score: event(note, { delivery: 'latest', key: 'text' }),
        typing: event(note, { delivery: 'volatile' }),
      },
      requests: { act: request({ input: note, output: z.number() }) },
    }),
    hall: room({ events: { note: event(note) } }),
  },
})
export type Lab = typeof contract
export type Desk = Lab['rooms']['desk']
