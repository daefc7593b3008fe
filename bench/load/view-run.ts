import type { ChartQuery, Viewed } from './chart-view.ts'
import { monotonicMicros } from '../payload.ts'
import type { Fleet } from './fleet.ts'
import { Stopwatch, type Report } from './report.ts'

/** `points`, `bytes` and `greatest` are those of one client. */
export type ViewReport = Report & Viewed

/** Every client asks for the same chart at the same time. */
export async function runViews(fleet: Fleet, query: ChartQuery): Promise<ViewReport> {
  const askedAt = monotonicMicros()
  const stopwatch = new Stopwatch(fleet.members.length)
  let last: Viewed | undefined
  await fleet.run(
    (finish) => {
      for (const { client } of fleet.members) client.view(query)
      return {
        delivered() {},
        answered() {},
        viewed(_, view) {
          stopwatch.stop(askedAt)
          last = view
          if (stopwatch.count === fleet.members.length) finish()
        },
      }
    },
    () => `${fleet.members.length - stopwatch.count} charts are missing`,
  )
  if (last === undefined) throw new Error('nobody is connected; connect a client first')
  return { ...stopwatch.report(), ...last }
}
