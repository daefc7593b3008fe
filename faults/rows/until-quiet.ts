import type { Load } from '../load/start-load.ts'
import { until } from '../load/until.ts'

const quietMs = 250

/**
 * Waits until nothing is acknowledged any more, so that what comes later can be told from what Redis did before. It must
 * not answer.
 */
export async function untilQuiet(load: Load): Promise<void> {
  let seen = -1
  let since = 0
  await until('nothing is acknowledged any more', () => {
    const acks = load.rooms.reduce((sum, room) => sum + load.acks(room), 0)
    const nowMs = performance.now()
    if (acks !== seen) {
      seen = acks
      since = nowMs
    }
    return nowMs - since >= quietMs
  })
}
