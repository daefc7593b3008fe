import { fail, type Cancel, type Clock, type Random } from '@millrace/contract'
import { OperationQueue } from './operation-queue.ts'
import type { Kind, OperationOf, Operations, WorkerOptions } from './protocol.ts'
import { SqliteLogData } from './sqlite-log-data.ts'
import { SqliteSeriesData } from './sqlite-series-data.ts'
import { SqliteStateData } from './sqlite-state-data.ts'
import { WorkerLife } from './worker-life.ts'

/** Each operation is answered within it, ms. */
const deadlineMs = 10_000

/** Above these, operations are `OVERLOADED`: a disk that hangs must not fill the memory. */
const maxPending = 100_000
const maxPendingBytes = 64_000_000

/** How often rooms that nobody publishes to are trimmed by age, ms. */
const sweepMs = 10 * 60_000

export interface CoreContext {
  readonly clock: Clock
  readonly random: Random
  readonly onError: (error: unknown) => void
}

/** One open file: its worker, and what the nodes of this process share of it. */
export class SqliteCore {
  readonly log: SqliteLogData
  readonly state: SqliteStateData
  readonly series: SqliteSeriesData
  readonly #context: CoreContext
  readonly #life: WorkerLife
  readonly #queue: OperationQueue
  #cancelSweep: Cancel | undefined

  constructor(options: WorkerOptions, context: CoreContext) {
    const { clock, random, onError } = context
    this.#context = context
    this.#queue = new OperationQueue({
      clock,
      random,
      deadlineMs,
      maxPending,
      maxPendingBytes,
      post: (message) => this.#life.post(message),
    })
    this.log = new SqliteLogData(random, (operation, onAnswer) => this.ask(operation, onAnswer), onError)
    this.state = new SqliteStateData(random, (operation, onAnswer) => this.ask(operation, onAnswer), onError)
    this.series = new SqliteSeriesData((operation, onAnswer) => this.ask(operation, onAnswer))
    this.#life = new WorkerLife(options, clock, random, {
      answers: (answers) => {
        this.#queue.answered(answers)
        this.#deliver()
      },
      died: (reason) => {
        const unknown = this.#queue.died(reason)
        this.log.lost(unknown)
        this.state.lost(unknown)
        this.series.lost(unknown)
        onError(fail('UNAVAILABLE', reason))
      },
      restarted: () => {
        this.log.repair()
        this.state.repair()
        this.series.repair()
      },
    })
  }

  get isReady(): boolean {
    return this.#life.refusal === undefined && !this.#queue.isOverdue
  }

  /** @throws Error Of one sentence that says what to do. */
  async open(): Promise<void> {
    await this.#life.open()
    this.#sweepLater()
  }

  ask<K extends Kind>(
    operation: OperationOf<K>,
    onAnswer?: (answer: Operations[K]['answer']) => void,
  ): Promise<Operations[K]['answer']> {
    const { refusal } = this.#life
    return refusal === undefined ? this.#queue.ask(operation, onAnswer) : Promise.reject(fail('UNAVAILABLE', refusal))
  }

  async close(): Promise<void> {
    this.#cancelSweep?.()
    this.#queue.flush()
    await this.#life.close(deadlineMs)
    this.#queue.died('the database was closed')
  }

  /** For tests: ends the worker as a crash does. */
  terminateWorker(): Promise<void> {
    return this.#life.terminate()
  }

  #deliver(): void {
    this.log.deliver()
    this.state.deliver()
    this.series.deliver()
  }

  #sweepLater(): void {
    this.#cancelSweep = this.#context.clock.after(sweepMs, () => {
      this.#sweepLater()
      if (this.isReady) this.#sweep().catch(this.#context.onError)
    })
  }

  async #sweep(): Promise<void> {
    const used = { logRooms: this.log.rooms, stateRooms: this.state.rooms }
    for (let cursor: number | null = 0; cursor !== null;) cursor = await this.ask({ kind: 'sweep', cursor, ...used })
    for (let cursor: number | null = 0; cursor !== null;)
      cursor = await this.ask({ kind: 'sweepSeries', cursor, used: this.series.names })
  }
}
