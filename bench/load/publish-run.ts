import type { Fleet } from './fleet.ts'
import type { Publisher } from './publisher.ts'
import { Stopwatch, type Report } from './report.ts'

export interface PublishRun {
  /** How often the server is asked to publish. */
  readonly times: number
  /** How many events it publishes in one tick when asked. */
  readonly perTick: number
}

/** Publishes to the whole fleet, the next time when the last client has received everything of the time before. */
export async function runPublishes(
  fleet: Fleet,
  publisher: Publisher,
  { times, perTick }: PublishRun,
): Promise<Report> {
  const perTime = perTick * fleet.members.length
  const stopwatch = new Stopwatch(times * perTime)
  await fleet.run(
    (finish) => {
      let missing = perTime
      publisher.ask(perTick)
      return {
        delivered({ at }) {
          stopwatch.stop(at)
          if (--missing > 0) return
          if (stopwatch.count === times * perTime) return finish()
          missing = perTime
          publisher.ask(perTick)
        },
        answered() {},
      }
    },
    () => `${times * perTime - stopwatch.count} of ${times * perTime} deliveries are missing`,
  )
  return stopwatch.report()
}
