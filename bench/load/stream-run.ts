import { payload } from '../payload.ts'
import type { Fleet } from './fleet.ts'
import { Stopwatch, type Report } from './report.ts'

export interface StreamExpectation {
  readonly room: string
  readonly updates: number
  /** Quotes of so many keys in turn, of which the last of each has to come. Absent: every update has to. */
  readonly keys?: number
  /** Nothing has to come; `settle` ends the run. */
  readonly isLossy?: boolean
  readonly withinMs?: number
}

export interface StreamReport extends Report {
  /** Of all members together. */
  readonly received: number
  readonly members: number
}

/** What the members of a room receive of a stream that the server sends by itself. */
export class StreamRun {
  readonly #fleet: Fleet
  readonly report: Promise<StreamReport>

  /** @param published How many updates came before, since sequence numbers go on. */
  constructor(fleet: Fleet, expectation: StreamExpectation, published: number) {
    this.#fleet = fleet
    this.report = receive(fleet, expectation, published)
    this.report.catch(() => {}) // whoever awaits it is told
  }

  /** Ends a lossy run: what is answered to a client comes after everything that was sent to it before. */
  settle(): void {
    for (const { client } of this.#fleet.members) client.request(payload(0))
  }
}

async function receive(fleet: Fleet, expectation: StreamExpectation, published: number): Promise<StreamReport> {
  const { room, updates, keys = updates, isLossy = false, withinMs } = expectation
  const members = fleet.members.filter((member) => member.room === room).length
  if (members === 0) throw new Error(`${room} has no member; connect one first`)
  const stopwatch = new Stopwatch(updates * members)
  /** Up to here an update may be replaced by one of the same key. */
  const replaceable = published + updates - Math.min(keys, updates)
  let missing = Math.min(keys, updates) * members
  let unsettled = fleet.members.length
  await fleet.run(
    (finish) => ({
      delivered({ seq, at }, member) {
        if (member.room !== room) return
        stopwatch.stop(at)
        if (seq > replaceable && --missing === 0 && !isLossy) finish()
      },
      answered() {
        if (--unsettled === 0) finish()
      },
    }),
    () => `${missing} updates are missing`,
    withinMs,
  )
  return { ...stopwatch.report(), operations: updates, received: stopwatch.count, members }
}
