import { setTimeout as pause } from 'node:timers/promises'
import type { Fleet } from '../fleet/start-fleet.ts'
import type { Load } from '../load/start-load.ts'
import { readLog } from '../load/read-log.ts'

const stepMs = 20

/** Whether it came to be in time. */
export async function comesToBe(isTrue: () => boolean, patienceMs: number): Promise<boolean> {
  const end = performance.now() + patienceMs
  while (!isTrue() && performance.now() < end) await pause(stepMs)
  return isTrue()
}

/** Writes down what is stored, after everybody came to the top, or did not; the judge says who is behind. */
export async function takeStock(fleet: Fleet, load: Load, patienceMs: number): Promise<void> {
  await load.quiet()
  const stored = await readLog(fleet.redis.url, load.rooms)
  const tops = stored.filter((record) => record.type === 'top')
  const present = load.everybody.filter(({ client }) => client.state.state !== 'closed')
  const isAtTop = (): boolean =>
    tops.every(({ room, position }) => present.every((member) => member.position(room)?.id === position.id))
  await comesToBe(isAtTop, patienceMs)
  for (const record of stored) fleet.journal.say(record)
}
