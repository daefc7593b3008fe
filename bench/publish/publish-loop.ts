import { Stopwatch, type Report } from '../load/report.ts'
import { monotonicMicros, payload } from '../payload.ts'
import type { StoreConnection } from './store-contender.ts'

/** Every connection has a room of its own, and one publish under way at a time. */
export async function runPublishLoop(connections: readonly StoreConnection[], operations: number): Promise<Report> {
  const stopwatch = new Stopwatch(operations)
  let begun = 0
  const publishSome = async (connection: StoreConnection, index: number): Promise<void> => {
    while (begun < operations) {
      begun++
      const at = monotonicMicros()
      await connection.publish(`room-${index}`, JSON.stringify(payload(begun)))
      stopwatch.stop(at)
    }
  }
  await Promise.all(connections.map(publishSome))
  return stopwatch.report()
}
