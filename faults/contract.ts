import { defineContract, event, request, room } from '@millrace/contract'
import { z } from 'zod'

const line = z.object({ key: z.string(), text: z.string() })
const position = z.object({ epoch: z.string(), offset: z.number(), id: z.string() })

/** Durable events through handlers and by members, keyed state, volatile events and presence. */
export const faultContract = defineContract({
  namespace: '/faults',
  /** Each connection is told which node it is on. */
  events: { welcome: event(z.object({ node: z.string() })) },
  rooms: {
    hall: room({
      params: z.object({ name: z.string() }),
      presence: { user: z.object({ id: z.string() }), state: z.object({}) },
      events: {
        said: event(line),
        shown: event(line, { publish: 'members' }),
        score: event(z.object({ player: z.string(), points: z.number() }), {
          delivery: 'latest',
          key: 'player',
          publish: 'members',
        }),
        typing: event(z.object({ count: z.number() }), { delivery: 'volatile', publish: 'members' }),
      },
      requests: {
        say: request({ input: line, output: z.object({ position }) }),
        repeat: request({ input: line, output: z.object({ position }), idempotent: true }),
      },
    }),
  },
})

export type FaultRooms = (typeof faultContract)['rooms']
