import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { Fleet } from '../fleet/start-fleet.ts'
import type { Row } from './row.ts'

interface Level {
  readonly actor: string
  readonly what: keyof typeof allowances
  readonly value: number
}

/** How much more than before is no leak. */
const allowances = {
  connections: 0,
  /** A connection of an HTTP client may be kept alive, and a probe may be under way. */
  timers: 2,
  /** Code that was compiled and what a garbage collection leaves; a leak of a crowd, or of a queue, is more. */
  heapBytes: 10_000_000,
  redisClients: 0,
  /** Others go by themselves; the cluster's revocations are two keys from the first one on. */
  'keys without an end': 2,
} as const

/** Whom nobody said goodbye for is in the presence for 8 s more, and a lease lasts 9 s. */
const settleMs = 25_000
const stepMs = 200

/** Looks, for O8, at what the nodes and Redis hold before the row and when everybody has left. */
export function backToBaseline(row: Row): Row {
  return {
    ...row,
    async run(fleet, findings, options) {
      const before = await readLevels(fleet)
      for (const level of before) fleet.journal.tell({ type: 'level', ...level, allowance: allowances[level.what] })
      await row.run(fleet, findings, options)
      await fleet.heal()
      let after = await readLevels(fleet)
      // Not in time: that is what the oracle finds.
      for (const end = performance.now() + settleMs; performance.now() < end; after = await readLevels(fleet)) {
        if (!after.some((level) => isAbove(level, before))) break
        await pause(stepMs)
      }
      for (const level of after) fleet.journal.tell({ type: 'level', ...level, allowance: null })
    },
  }
}

function isAbove({ actor, what, value }: Level, before: readonly Level[]): boolean {
  const baseline = before.find((level) => level.actor === actor && level.what === what)
  return baseline === undefined || value > baseline.value + allowances[what]
}

async function readLevels(fleet: Fleet): Promise<readonly Level[]> {
  const levels = fleet.nodes.map(async (node): Promise<readonly Level[]> => {
    const { connections, timers, heapBytes, redisClients } = await node.stats()
    const values = { connections, timers, heapBytes, redisClients: redisClients.length } as const
    return Object.entries(values).map(([what, value]) => ({ actor: node.name, what: what as Level['what'], value }))
  })
  return [...(await Promise.all(levels)).flat(), ...(await readKeys(fleet))]
}

async function readKeys({ redisUrl, sentinels }: Fleet): Promise<readonly Level[]> {
  if (sentinels) return []
  const redis = new Redis(redisUrl)
  try {
    const ends = await Promise.all((await redis.keys('*')).map((key) => redis.pttl(key)))
    return [{ actor: 'redis', what: 'keys without an end', value: ends.filter((ms) => ms === -1).length }]
  } finally {
    redis.disconnect()
  }
}
