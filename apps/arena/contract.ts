import { defineContract, event, request, room } from '@millrace/contract'
import { z } from 'zod'

const Nothing = z.object({})
const Id = z.string().min(1).max(100)
const Finite = z.number().min(-100_000).max(100_000)
const Whole = z.int().min(-1).max(2_147_483_647)

/** Letters, digits, spaces and a little more, in any script. */
export const PlayerName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._'-]{0,19}$/u)
const Hue = z.int().min(0).max(359)

const toServer = { delivery: 'volatile', publish: 'members', to: 'server' } as const

/** Every pond is a game of its own. */
export const ponds = ['mill', 'weir', 'lock'] as const

/** An online game in small: boats carry grain to the mill. */
export const arena = defineContract({
  namespace: '/arena',
  requests: {
    /** What a round trip takes. `id`: what names the visitor's boat. */
    ping: request({ input: Nothing, output: z.object({ id: Id }), idempotent: true }),
  },
  rooms: {
    arena: room({
      params: z.object({ arena: z.enum(ponds) }),
      events: {
        /** What a player does at one tick of the own clock, 30 a second. */
        input: event(
          z.object({ seq: Whole, turn: z.number().min(-1).max(1), thrust: z.number().min(-1).max(1) }),
          toServer,
        ),
        /** Asks for a boat, or for another name and colour of the own one. Sent again until the boat is there. */
        launch: event(z.object({ name: PlayerName, hue: Hue }), toServer),
        /** Gives the boat back. */
        quit: event(Nothing, toServer),
        /** Somebody looks on; the pond rests where nobody does. */
        watch: event(Nothing, toServer),
        /** Where a boat is at a tick; `seq` of its player's last input that moved it. */
        player: event(
          z.object({
            id: Id,
            tick: Whole,
            seq: Whole,
            x: Finite,
            y: Finite,
            angle: Finite,
            vx: Finite,
            vy: Finite,
            cargo: Whole,
          }),
          { delivery: 'latest', key: 'id' },
        ),
        /** Who is in a boat. */
        captain: event(
          z.object({ id: Id, name: PlayerName, hue: Hue, isBot: z.boolean(), score: Whole, wins: Whole }),
          {
            delivery: 'latest',
            key: 'id',
          },
        ),
        grain: event(z.object({ id: Whole, x: Finite, y: Finite, worth: Whole }), { delivery: 'latest', key: 'id' }),
        round: event(
          z.object({ number: Whole, phase: z.enum(['play', 'rest']), endTick: Whole, winner: z.string().max(20) }),
          { delivery: 'latest' },
        ),
        /** Once a second, from the node that keeps the pond: ticks of the last second, and how long one took at most. */
        pace: event(z.object({ tick: Whole, perSecond: Finite, slowestMs: Finite, node: z.string().max(64) }), {
          delivery: 'latest',
        }),
      },
    }),
  },
})
