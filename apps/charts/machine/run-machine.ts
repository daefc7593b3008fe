import type { ServerCounters } from '@millrace/server'
import type { Fleet, NodeFacts } from './fleet.ts'
import { coreCount, hostName, MachineReader, totalMemory } from './read-machine.ts'
import { valuesBetween, type Reading } from './reading.ts'

const everyMs = 1_000
/** Timers may fire a millisecond early. */
const lateMs = 2
/** Facts are renewed so often. */
const factsMs = 5_000
/** Where so much waits for the store, nothing is measured. */
const maxPending = 20

export interface MachineParts {
  /** Of this node. */
  readonly name: string
  /** Of all nodes. */
  readonly fleet: Fleet
  readonly counters: () => ServerCounters
  /** Connections of this node to the charts. */
  readonly watching: () => number
  readonly append: (key: string, at: number, values: Readonly<Record<string, number>>) => Promise<unknown>
  readonly publish: (facts: NodeFacts) => Promise<unknown>
  readonly remove: (name: string) => Promise<unknown>
  readonly onError: (error: unknown) => void
}

/** Measures this machine at every whole second, tells of this node, and takes dead ones off the list. */
export class MachineRun {
  readonly #parts: MachineParts
  readonly #startedAt = Date.now()
  readonly #reader: MachineReader
  #before: Reading | undefined
  #timer: NodeJS.Timeout | undefined
  #isStopped = false
  /** What the store has not answered yet. */
  readonly #pending = new Set<Promise<unknown>>()
  #sampledAt = 0
  #told: Pick<NodeFacts, 'seenAt' | 'watching'> = { seenAt: 0, watching: 0 }

  constructor(parts: MachineParts) {
    this.#parts = parts
    this.#reader = new MachineReader(parts.counters)
  }

  start(): void {
    void this.#look()
  }

  /** Takes this node off the list. From then on nothing of it is on its way. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    this.#reader.close()
    this.#send(this.#parts.remove(this.#parts.name))
    await Promise.all(this.#pending)
  }

  async #look(): Promise<void> {
    const { fleet, remove, onError } = this.#parts
    const reading = await this.#reader.read().catch(onError)
    if (this.#isStopped) return
    if (reading) this.#sample(reading)
    this.tell()
    for (const name of fleet.lapsed(performance.now())) if (name !== this.#parts.name) this.#send(remove(name))
    this.#timer = setTimeout(() => void this.#look(), everyMs + lateMs - (Date.now() % everyMs)).unref()
  }

  #sample(reading: Reading): void {
    const at = Math.floor(Date.now() / everyMs) * everyMs
    const before = this.#before
    // A clock that was set back is waited for.
    if (before && (at <= this.#sampledAt || this.#pending.size >= maxPending)) return
    this.#before = reading
    if (before === undefined) return
    this.#sampledAt = at
    this.#send(this.#parts.append(this.#parts.name, at, valuesBetween(before, reading)))
  }

  /** Tells of this node, where there is news: the first who watches, the last who left, or its being there. */
  tell(): void {
    if (this.#isStopped) return
    const { name, publish } = this.#parts
    const watching = this.#parts.watching()
    const seenAt = Date.now()
    const isNews = watching > 0 !== this.#told.watching > 0
    if (!isNews && Math.abs(seenAt - this.#told.seenAt) < factsMs) return
    this.#told = { seenAt, watching }
    const facts = {
      name,
      host: hostName(),
      pid: process.pid,
      startedAt: this.#startedAt,
      cores: coreCount(),
      totalMemoryBytes: totalMemory(),
      version: process.version,
      watching,
      seenAt,
    }
    this.#send(publish(facts))
  }

  #send(sending: Promise<unknown>): void {
    const sent: Promise<unknown> = sending
      // What is stopped has no faults: its store may be closed.
      .catch((error: unknown) => this.#isStopped || this.#parts.onError(error))
      .finally(() => this.#pending.delete(sent))
    this.#pending.add(sent)
  }
}
