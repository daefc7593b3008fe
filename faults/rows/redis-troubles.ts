import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { askRedis } from '@millrace/testing/faults'
import type { Fleet } from '../fleet/start-fleet.ts'

type Prove = (says: string, holds: boolean, seen?: unknown) => void

/** Something that is wrong with Redis for a while. */
export interface Trouble {
  readonly name: string
  /** It is over by itself, or `end` ends it. */
  readonly begin: (fleet: Fleet, prove: Prove) => Promise<void>
  readonly end: (fleet: Fleet) => Promise<void>
  /** Whether no publish fails for it, where each is tried for so long. */
  readonly isHarmless: (deadlineMs: number) => boolean
}

/** How long the store waits for one answer. */
const attemptMs = 2_000
/** Until the first question is asked. */
const startMs = 500

/** How long it takes until Redis says anything, ms. (It does not answer who hangs up meanwhile, as `askRedis` does.) */
async function untilAnswer(port: number): Promise<number> {
  const from = performance.now()
  const socket = connect(port, '127.0.0.1')
  socket.write('PING\r\n')
  await once(socket, 'data')
  socket.destroy()
  return Math.round(performance.now() - from)
}

/** Half of the deadline is left to be answered in. */
const outlasts =
  (ms: number) =>
  (deadlineMs: number): boolean =>
    2 * ms <= deadlineMs

const paused = (ms: number): Trouble => ({
  name: `paused for ${ms} ms`,
  isHarmless: outlasts(ms),
  async begin({ redis }, prove) {
    await askRedis(redis.port, `CLIENT PAUSE ${ms} ALL`)
    const silentMs = await untilAnswer(redis.port)
    prove('it answered nobody meanwhile', silentMs >= ms - startMs, silentMs)
  },
  end: async ({ redis }) => void (await askRedis(redis.port, 'CLIENT UNPAUSE')),
})

const stopped = (ms: number): Trouble => ({
  name: `stopped for ${ms} ms`,
  isHarmless: outlasts(ms),
  async begin({ redis }, prove) {
    redis.freeze()
    const answered = untilAnswer(redis.port)
    await pause(ms)
    redis.thaw()
    const silentMs = await answered
    prove('it answered nobody meanwhile', silentMs >= ms - startMs, silentMs)
  },
  end: async ({ redis }) => redis.thaw(),
})

/** @param delayMs Of each direction. */
function slow(delayMs: number): Trouble {
  return {
    name: `slow by ${delayMs} ms`,
    isHarmless: () => 2 * delayMs < attemptMs,
    async begin({ nodes }, prove) {
      for (const { redisProxy } of nodes) redisProxy.delay(delayMs)
      const tookMs = await untilAnswer(nodes[0]?.redisProxy.port ?? 0)
      prove('an answer takes so long', tookMs >= 2 * delayMs, tookMs)
    },
    end: async ({ nodes }) => nodes.forEach(({ redisProxy }) => redisProxy.restore()),
  }
}

/** @param begin And `end`: commands. */
function refusing(name: string, begin: string, end: string, refusal: string): Trouble {
  return {
    name,
    isHarmless: () => false,
    async begin({ redis }, prove) {
      await askRedis(redis.port, begin)
      const answer = await askRedis(redis.port, 'SET operator 1')
      prove('it refuses to write', answer.startsWith(`-${refusal} `), answer)
    },
    end: async ({ redis }) => void (await askRedis(redis.port, end)),
  }
}

const readOnly = refusing('read-only', 'REPLICAOF 127.0.0.1 1', 'REPLICAOF NO ONE', 'READONLY')
const lonely = refusing(
  'without replicas',
  'CONFIG SET min-replicas-to-write 1',
  'CONFIG SET min-replicas-to-write 0',
  'NOREPLICAS',
)
const full = refusing('out of memory', 'CONFIG SET maxmemory 1', 'CONFIG SET maxmemory 0', 'OOM')

const scriptless: Trouble = {
  name: 'without scripts',
  isHarmless: () => true,
  async begin({ redis }, prove) {
    const answer = await askRedis(redis.port, 'MULTI\r\nSCRIPT FLUSH\r\nINFO memory\r\nEXEC')
    prove('it knows no script', answer.includes('number_of_cached_scripts:0\r\n'), answer)
  },
  end: () => Promise.resolve(),
}

export const shortTroubles: readonly Trouble[] = [paused(5_000), slow(100), readOnly, full, scriptless]
/** Once it lasts longer than a deadline and a lease, and once an answer takes longer than an attempt waits. */
export const longTroubles: readonly Trouble[] = [
  ...shortTroubles,
  stopped(5_000),
  stopped(15_000),
  lonely,
  slow(1_200),
  scriptless,
]
