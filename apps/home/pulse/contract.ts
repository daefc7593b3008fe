import { defineContract, event, request, room } from '@millrace/contract'
import { z } from 'zod'

const Nothing = z.object({})

/** What the Break it panel of the home page measures with, and the means to break it. */
export const pulse = defineContract({
  namespace: '/pulse',
  requests: {
    about: request({
      input: Nothing,
      /**
       * Of the node that answers. `process`: its id, or null where visitors may not kill it. `node`: its name, or null where
       * it has none. `canFreeze`: whether `freeze` is allowed.
       */
      output: z.object({
        process: z.int().positive().nullable(),
        node: z.string().nullable(),
        canFreeze: z.boolean(),
      }),
      idempotent: true,
    }),
    /** Ends the TCP connection of who asks, soon after the answer. */
    cut: request({ input: Nothing, output: Nothing }),
    /** Ends the server's process, soon after the answer. */
    kill: request({ input: Nothing, output: Nothing }),
    /** Stops the Redis of the cluster for five seconds, soon after the answer. */
    freeze: request({ input: Nothing, output: Nothing }),
  },
  rooms: {
    pulse: room({
      events: {
        tick: event(z.object({ n: z.int().positive() })),
        /** People who are in the chat now. */
        chat: event(z.object({ people: z.int().nonnegative() }), { delivery: 'latest' }),
        /** Nodes that run now, not those that stopped or died. */
        nodes: event(z.object({ count: z.int().positive() }), { delivery: 'latest' }),
      },
      /** A minute and a half of ticks: more than anybody is cut off for. */
      history: { maxEvents: 2_000, maxBytes: 1_000_000, ttlSeconds: 30 * 86_400 },
    }),
  },
})
