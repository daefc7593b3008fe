import type { Faults } from '../load/faults.ts'
import { Stopwatch, type Report } from '../load/report.ts'
import { monotonicMicros } from '../payload.ts'
import type { Author } from './authors.ts'

/** Many times what the slowest run takes. */
const deadlineMs = 60_000
/** How often the clock is looked at, ms. */
const turnMs = 1

export interface TypingMember {
  readonly author: Author
  readonly bytesReceived: number
  send(update: Uint8Array): void
  listener: {
    /** An update of that author came. */
    updated(author: number): void
    acknowledged(): void
  }
}

export interface TypingRun {
  /** Of each author. */
  readonly updates: number
  /** Of each author, evenly spread among them; only where the run is paced. */
  readonly perSecond?: number
}

/** `operations` are updates; latencies are from the author to each other client. */
export interface TypingReport extends Report {
  /** All that the clients received, per update. */
  readonly bytesPerUpdate: number
}

interface Server {
  readonly acknowledges: boolean
}

/**
 * Every author sends its next update when all other clients have its last one, and it knows that the server has it, where the server
 * says so.
 */
export function runClosedLoop(
  members: readonly TypingMember[],
  server: Server,
  faults: Faults,
  run: TypingRun,
): Promise<TypingReport> {
  return measure(members, server, faults, run, (typists) => {
    for (const typist of typists) typist.whenDone = () => typist.type()
    for (const typist of typists) typist.type()
    return undefined
  })
}

/** Every author sends its updates at its own times, whatever has become of the last ones. */
export function runPaced(
  members: readonly TypingMember[],
  server: Server,
  faults: Faults,
  run: TypingRun,
): Promise<TypingReport> {
  const { updates, perSecond = 10 } = run
  const stepMicros = 1e6 / perSecond / members.length
  return measure(members, server, faults, run, (typists) => {
    const begunAt = monotonicMicros()
    let next = 0
    const timer = setInterval(() => {
      const due = Math.min(updates * typists.length, Math.floor((monotonicMicros() - begunAt) / stepMicros) + 1)
      while (next < due) typists[next++ % typists.length]?.type()
      if (next === updates * typists.length) clearInterval(timer)
    }, turnMs)
    return () => clearInterval(timer)
  })
}

/** One author in a run: what it will send is made before the run begins. */
class Typist {
  readonly #member: TypingMember
  readonly #updates: readonly Uint8Array[]
  /** Receipts and acknowledgements that an update needs. */
  readonly #needed: number
  /** When each update was sent, by `monotonicMicros`, and what it still needs; the oldest first. */
  readonly #underWay: { readonly at: number; missing: number }[] = []
  #next = 0
  whenDone = (): void => {}

  constructor(member: TypingMember, updates: number, needed: number) {
    this.#member = member
    this.#updates = Array.from({ length: updates }, () => member.author.type())
    this.#needed = needed
  }

  /** Nothing once everything was sent. */
  type(): void {
    const update = this.#updates[this.#next]
    if (!update) return
    this.#next++
    this.#underWay.push({ at: monotonicMicros(), missing: this.#needed })
    this.#member.send(update)
  }

  /** Somebody has its update number `nth`. @returns When it was sent. */
  settle(nth: number): number {
    const first = this.#next - this.#underWay.length
    const one = this.#underWay[nth - first]
    if (!one) throw new Error(`update ${nth} of an author came again`)
    one.missing--
    const { at } = one
    while (this.#underWay[0]?.missing === 0) {
      this.#underWay.shift()
      this.whenDone()
    }
    return at
  }

  get isDone(): boolean {
    return this.#next === this.#updates.length && this.#underWay.length === 0
  }
}

async function measure(
  members: readonly TypingMember[],
  { acknowledges }: Server,
  faults: Faults,
  { updates }: TypingRun,
  start: (typists: readonly Typist[]) => (() => void) | undefined,
): Promise<TypingReport> {
  const others = members.length - 1
  const typists = members.map((member) => new Typist(member, updates, others + (acknowledges ? 1 : 0)))
  const receivedBefore = bytesReceived(members)
  const stopwatch = new Stopwatch(updates * members.length * others)
  let unfinished = typists.length
  const settled = (typist: Typist | undefined, nth: number): number => {
    if (!typist) throw new Error('an update came of an author that is not playing')
    const at = typist.settle(nth)
    if (typist.isDone) unfinished--
    return at
  }
  let stop = (): void => {}
  const done = new Promise<void>((finish) => {
    for (const [index, member] of members.entries()) {
      const received = members.map(() => 0)
      let acknowledged = 0
      member.listener = {
        updated(author) {
          if (author === index) return
          stopwatch.stop(settled(typists[author], received[author]!++))
          if (unfinished === 0) finish()
        },
        acknowledged() {
          settled(typists[index], acknowledged++)
          if (unfinished === 0) finish()
        },
      }
    }
    stop = start(typists) ?? stop
  })
  try {
    await faults.guard(done, deadlineMs, () => `${unfinished} authors have not finished after ${deadlineMs} ms`)
  } finally {
    stop()
  }
  const report = stopwatch.report()
  const operations = updates * members.length
  return { ...report, operations, bytesPerUpdate: (bytesReceived(members) - receivedBefore) / operations }
}

function bytesReceived(members: readonly TypingMember[]): number {
  return members.reduce((sum, member) => sum + member.bytesReceived, 0)
}
