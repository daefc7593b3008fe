import { monotonicMicros } from '../payload.ts'
import type { Fleet } from './fleet.ts'
import { Stopwatch, type Report } from './report.ts'

/** Handshakes under way at once: enough to keep the server busy, few enough not to overflow its backlog. */
const concurrency = 32

/** Connects `count` more clients, each into the room that `roomOf` names for it. */
export async function connectClients(
  fleet: Fleet,
  count: number,
  roomOf: (index: number) => string,
  port?: number,
): Promise<Report> {
  const stopwatch = new Stopwatch(count)
  let next = 0
  const connectSome = async (): Promise<void> => {
    while (next < count) {
      const begunAt = monotonicMicros()
      await fleet.add(roomOf(next++), port)
      stopwatch.stop(begunAt)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, connectSome))
  return stopwatch.report()
}
