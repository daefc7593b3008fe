import type { Cancel, Clock, Random } from '@millrace/contract'
import type { BatchAnswer, FromWorker, ToWorker, WorkerOptions } from './protocol.ts'
import { startWorker, type WorkerHandle } from './start-worker.ts'

export interface LifeEvents {
  answers(answers: readonly BatchAnswer[]): void
  /** The worker is gone; what was posted to it is not answered any more. */
  died(reason: string): void
  /** The worker after it is open. */
  restarted(): void
}

type State =
  | { readonly state: 'closed' }
  | {
      readonly state: 'opening'
      readonly worker: WorkerHandle
      readonly opened: () => void
      readonly failed: (reason: string) => void
    }
  | { readonly state: 'open'; readonly worker: WorkerHandle }
  | { readonly state: 'waiting'; readonly cancel: Cancel; readonly reason: string }
  | { readonly state: 'closing'; readonly worker: WorkerHandle; closed: () => void }

/** The first and the longest pause before the file is opened again, ms. */
const firstPauseMs = 100
const maxPauseMs = 5_000

/** Opening takes longer than other operations: a WAL is read, a file is checked. */
const openDeadlineMs = 60_000

/** Keeps one worker alive: one that dies is replaced, after pauses that grow while the file does not open. */
export class WorkerLife {
  readonly #options: WorkerOptions
  readonly #clock: Clock
  readonly #random: Random
  readonly #events: LifeEvents
  #state: State = { state: 'closed' }

  constructor(options: WorkerOptions, clock: Clock, random: Random, events: LifeEvents) {
    this.#options = options
    this.#clock = clock
    this.#random = random
    this.#events = events
  }

  /** Why operations are refused, in one sentence; undefined where they are not. */
  get refusal(): string | undefined {
    const { state } = this.#state
    if (state === 'open') return undefined
    if (state === 'waiting') return `${this.#state.reason}; it is opened again in a moment`
    return state === 'opening'
      ? 'the database is being opened; retry later'
      : 'the database is closed; open the store again'
  }

  /** @throws Error Of one sentence that says what to do; the file is not touched further. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#start(resolve, (reason) => {
        this.#state = { state: 'closed' }
        reject(new Error(reason))
      })
    })
  }

  /** @returns False where no worker is open. */
  post(message: ToWorker): boolean {
    if (this.#state.state !== 'open') return false
    this.#state.worker.post(message)
    return true
  }

  /** What was posted is committed and answered first. After `deadlineMs` the worker is ended as it is. */
  async close(deadlineMs: number): Promise<void> {
    const before = this.#state
    this.#state = { state: 'closed' }
    if (before.state === 'waiting') before.cancel()
    if (before.state === 'opening') await before.worker.terminate()
    if (before.state !== 'open') return
    const { worker } = before
    await new Promise<void>((closed) => {
      this.#state = { state: 'closing', worker, closed }
      const cancel = this.#clock.after(deadlineMs, () => void worker.terminate())
      this.#state.closed = () => {
        cancel()
        closed()
      }
      worker.post('close')
    })
    this.#state = { state: 'closed' }
  }

  /** For tests: ends the worker as a crash does. */
  async terminate(): Promise<void> {
    if (this.#state.state === 'open') await this.#state.worker.terminate()
  }

  #start(opened: () => void, failed: (reason: string) => void): void {
    let fault: string | undefined
    const cancelDeadline = this.#clock.after(openDeadlineMs, () => {
      fault = `${this.#options.file} did not open within ${openDeadlineMs / 1_000} s; look at the disk`
      void worker.terminate()
    })
    const isCurrent = (): boolean => 'worker' in this.#state && this.#state.worker === worker
    const worker = startWorker(this.#options, {
      message: (message) => {
        cancelDeadline()
        if (message.kind === 'failed') fault = message.reason
        else if (isCurrent()) this.#receive(message)
      },
      exit: (reason) => {
        cancelDeadline()
        if (isCurrent()) this.#exited(fault ?? reason)
      },
    })
    this.#state = { state: 'opening', worker, opened, failed }
  }

  #receive(message: Exclude<FromWorker, { kind: 'failed' }>): void {
    if (message.kind === 'answers') return this.#events.answers(message.answers)
    if (this.#state.state !== 'opening') return
    const { worker, opened } = this.#state
    this.#state = { state: 'open', worker }
    opened()
  }

  #exited(reason: string): void {
    const before = this.#state
    if (before.state === 'closing') return before.closed()
    if (before.state === 'opening') return before.failed(reason)
    this.#restartLater(0, reason)
    this.#events.died(reason)
  }

  #restartLater(attempt: number, reason: string): void {
    const pauseMs = Math.min(maxPauseMs, firstPauseMs * 2 ** attempt) * (0.5 + this.#random.fraction() / 2)
    const restart = (): void => {
      this.#start(
        () => this.#events.restarted(),
        (again) => this.#restartLater(attempt + 1, again),
      )
    }
    this.#state = { state: 'waiting', cancel: this.#clock.after(pauseMs, restart), reason }
  }
}
