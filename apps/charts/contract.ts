import { defineContract, event, request, room, series } from '@millrace/contract'
import { z } from 'zod'
import { symbols } from './market/symbols.ts'

/** A node of the cluster: its own name where it has one, else that of its host. */
export const NodeName = z.string().regex(/^[\w.:-]{1,64}$/)
const Listed = z.enum(symbols)
const Moment = z.int().nonnegative()

export const minRate = 1
export const maxRate = 10_000
const Rate = z.int().min(minRate).max(maxRate)

export const levels = ['debug', 'info', 'warn', 'error'] as const
export const Level = z.enum(levels)

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Live charts. Guests may watch all of it. */
export const charts = defineContract({
  namespace: '/charts',
  rooms: {
    /** Every node and the machine that it runs on. All numbers are measured, once a second. */
    machines: room({
      events: {
        /** A node that runs now. Removed when it ends; where it died, 15 s later. */
        node: event(
          z.object({
            name: NodeName,
            host: z.string().max(255),
            pid: z.int().positive(),
            /** Ms since 1970. */
            startedAt: Moment,
            cores: z.int().positive(),
            totalMemoryBytes: z.number().positive(),
            /** Of Node.js. */
            version: z.string().max(40),
            /** Connections to this namespace. */
            watching: z.int().nonnegative(),
            /** By its own clock, ms since 1970; renewed every 5 s. */
            seenAt: Moment,
          }),
          { delivery: 'latest', key: 'name' },
        ),
      },
      series: {
        use: series({
          keys: NodeName,
          fields: [
            /** Of all cores of the machine, 0 to 1. */
            'cpu',
            /** Of this process; 1 is one core. */
            'processCpu',
            /** In use on the machine, or in the container where one limits it, bytes. */
            'memory',
            /** 99 of 100 turns of the event loop in this second were late by less, ms. */
            'loopDelayMs',
            /** Of all interfaces but the loopback, bytes per second; absent where the system does not tell. */
            'netInBytes',
            'netOutBytes',
            'connections',
            /** Requests and events of clients, per second. */
            'messages',
            /** What the charts and everything else cost this node, per second: see `Counters`. */
            'updatesIn',
            'framesOut',
            'bytesOut',
            'conflated',
            'shed',
          ],
          stepMs: 1_000,
          retentionMs: dayMs,
          maxKeys: 200,
        }),
      },
    }),
    /** A simulation: a function of its seed and the time. */
    market: room({
      events: {
        /** `change`: since the beginning of the day (UTC); 0.01 is one per cent. */
        quote: event(z.object({ symbol: Listed, price: z.number().positive(), change: z.number(), at: Moment }), {
          delivery: 'latest',
          key: 'symbol',
        }),
        /**
         * `rate`: updates per second that it is set to. `isRunning`: false while it still fills in what nobody simulated, such as the
         * last day at its first start. `isIdle`: nobody watches, so it rests. `node`: where it runs.
         */
        simulation: event(
          z.object({
            seed: z.int(),
            rate: Rate,
            isRunning: z.boolean(),
            isIdle: z.boolean(),
            node: NodeName,
            /** Everything before was appended. */
            at: Moment,
          }),
          { delivery: 'latest' },
        ),
      },
      requests: {
        /** For everybody; in production for those who have a name. */
        'rate.set': request({
          input: z.object({ perSecond: Rate }),
          output: z.object({ perSecond: Rate }),
          errors: { TOO_OFTEN: z.object({ waitMs: z.number() }) },
          idempotent: true,
        }),
      },
      series: {
        price: series({
          keys: Listed,
          fields: ['price'],
          stepMs: 1_000,
          // Of 300 symbols a day of seconds would be 1.9 GB: what is older is shown in steps of ten seconds.
          stepRetentionMs: 2 * hourMs,
          retentionMs: dayMs,
          maxKeys: 300,
        }),
      },
      flushMs: 33,
    }),
    /** What people want of the simulation. It is apart from the market so that every node can listen to it alone. */
    wishes: room({
      events: {
        rate: event(z.object({ perSecond: Rate }), { delivery: 'latest' }),
      },
    }),
    /** What the nodes say of themselves. */
    log: room({
      events: {
        /** `count`: how often it was said, where it was said again and again. */
        line: event(
          z.object({
            at: Moment,
            level: Level,
            node: NodeName,
            text: z.string().min(1).max(500),
            count: z.int().positive(),
          }),
        ),
      },
      history: { maxEvents: 5_000, maxBytes: 2_000_000, ttlSeconds: 86_400 },
    }),
  },
})
