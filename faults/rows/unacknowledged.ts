import type { Position } from '@millrace/contract'
import type { Fleet } from '../fleet/start-fleet.ts'
import { readLog } from '../load/read-log.ts'
import type { Load } from '../load/start-load.ts'

/** What these actors attempted, Redis holds, and nobody has told them yet; by key. */
export async function unacknowledged(
  { redis, journal }: Fleet,
  { rooms }: Load,
  actors: readonly string[],
): Promise<ReadonlyMap<string, Position>> {
  const found = new Map<string, Position>()
  for (const record of await readLog(redis.url, rooms)) {
    if (record.type === 'stored' && record.key !== null && actors.some((actor) => record.key?.startsWith(`${actor}-`)))
      found.set(record.key, record.position)
  }
  for (const record of journal.records) if (record.type === 'ack') found.delete(record.key)
  return found
}
