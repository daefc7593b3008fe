import { payload } from '../payload.ts'
import type { Fleet, FleetMember } from './fleet.ts'
import { Stopwatch, type Report } from './report.ts'

/** Every client asks, and asks again when it is answered, until `operations` are done. Each answer has to be the echo. */
export async function runRequests(fleet: Fleet, operations: number): Promise<Report> {
  const stopwatch = new Stopwatch(operations)
  const asked = new Map<FleetMember, number>()
  let begun = 0
  const ask = (member: FleetMember): void => {
    if (begun === operations) return
    begun++
    const seq = (asked.get(member) ?? 0) + 1
    asked.set(member, seq)
    member.client.request(payload(seq))
  }
  await fleet.run(
    (finish) => {
      for (const member of fleet.members) ask(member)
      return {
        delivered() {},
        answered(member, { seq, at }) {
          if (seq !== asked.get(member))
            throw new Error(`request ${asked.get(member)} was answered with the echo of ${seq}`)
          stopwatch.stop(at)
          if (stopwatch.count === operations) return finish()
          ask(member)
        },
      }
    },
    () => `${operations - stopwatch.count} of ${operations} answers are missing`,
  )
  return stopwatch.report()
}
