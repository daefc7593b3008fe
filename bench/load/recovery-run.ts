import { monotonicMicros } from '../payload.ts'
import type { Fleet, FleetMember } from './fleet.ts'
import { Stopwatch, type Report } from './report.ts'
import type { Bookmark } from './session.ts'

export interface CutMember {
  readonly member: FleetMember
  readonly bookmark: Bookmark
}

/** Cuts members off, all at once. @throws Error where one has nothing to come back with. */
export function cutOff(members: readonly FleetMember[]): Promise<CutMember[]> {
  return Promise.all(
    members.map(async (member) => {
      const bookmark = await member.client.cut()
      if (bookmark === undefined) throw new Error(`client ${member.index} cannot come back; publish something before`)
      return { member, bookmark }
    }),
  )
}

/** All who were cut off come back at the same moment; an operation is a client that has all of the `missed` events. */
export async function runRecovery(
  fleet: Fleet,
  cut: readonly CutMember[],
  { port, missed }: { readonly port: number; readonly missed: number },
): Promise<Report> {
  const startedAt = monotonicMicros()
  const stopwatch = new Stopwatch(cut.length)
  const targets = new Map(cut.map(({ member }) => [member, member.deliveries.count + missed]))
  const delivered = fleet.run(
    (finish) => ({
      delivered(_, member) {
        if (member.deliveries.count !== targets.get(member)) return
        stopwatch.stop(startedAt)
        if (stopwatch.count === cut.length) finish()
      },
      answered() {},
    }),
    () => `${cut.length - stopwatch.count} of ${cut.length} clients have not got what they missed`,
  )
  const resumed = cut.map(({ member, bookmark }) => fleet.resume(member, bookmark, port))
  await Promise.all([delivered, ...resumed])
  return stopwatch.report()
}
