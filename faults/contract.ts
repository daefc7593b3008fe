import { defineContract, event, request, room } from '@millrace/contract'
import { z } from 'zod'

const line = z.object({ key: z.string(), text: z.string() })
const position = z.object({ epoch: z.string(), offset: z.number(), id: z.string() })

const events = { said: event(line), shown: event(line, { publish: 'members' }) } as const
const requests = {
  say: request({ input: line, output: z.object({ position }) }),
  repeat: request({ input: line, output: z.object({ position }), idempotent: true }),
} as const

/** Durable events through handlers and by members; in a hall, keyed state, volatile events and presence too. */
export const faultContract = defineContract({
  namespace: '/faults',
  /** Each connection is told which node it is on. */
  events: { welcome: event(z.object({ node: z.string() })) },
  rooms: {
    hall: room({
      params: z.object({ name: z.string() }),
      presence: { user: z.object({ id: z.string() }), state: z.object({}) },
      events: {
        ...events,
        score: event(z.object({ player: z.string(), points: z.number() }), {
          delivery: 'latest',
          key: 'player',
          publish: 'members',
        }),
        typing: event(z.object({ count: z.number() }), { delivery: 'volatile', publish: 'members' }),
      },
      requests: {
        ...requests,
        /** Takes the player's score away. */
        forget: request({ input: z.object({ player: z.string() }), output: z.object({}) }),
      },
    }),
    lane: room({ params: z.object({ name: z.string() }), events, requests }),
  },
})

export type FaultRooms = (typeof faultContract)['rooms']

/** Rooms are told apart by their names alone, all over the fault runs. */
export function kindOf(name: string): keyof FaultRooms {
  return name.startsWith('lane') ? 'lane' : 'hall'
}
