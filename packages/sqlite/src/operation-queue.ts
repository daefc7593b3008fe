import { fail, type Cancel, type Clock, type Random } from '@millrace/contract'
import { deadlineError, deathError, pendingBytes } from './pending-operation.ts'
import type { BatchAnswer, Kind, Operation, OperationOf, Operations, Result, ToWorker } from './protocol.ts'

export interface QueueOptions {
  readonly clock: Clock
  readonly random: Random
  /** Each operation is answered within it, ms. */
  readonly deadlineMs: number
  readonly maxPending: number
  readonly maxPendingBytes: number
  /** Sends a batch; false where there is no worker. */
  readonly post: (message: ToWorker) => boolean
}

interface Pending {
  readonly operation: Operation
  readonly bytes: number
  readonly settle: (result: Result) => void
  readonly reject: (error: Error) => void
}

interface Posted {
  readonly pending: readonly Pending[]
  readonly cancelDeadline: Cancel
  isOverdue: boolean
}

/**
 * Gathers the operations of a tick into one batch and gives each its answer, exactly once. It does not wait for the
 * batch before: the worker takes what has arrived meanwhile into one transaction.
 */
export class OperationQueue {
  readonly #options: QueueOptions
  readonly #posted = new Map<number, Posted>()
  #gathered: Pending[] = []
  #serial = 0
  #count = 0
  #bytes = 0

  constructor(options: QueueOptions) {
    this.#options = options
  }

  /** Whether the worker answers in time. */
  get isOverdue(): boolean {
    for (const { isOverdue } of this.#posted.values()) return isOverdue // they are answered in order
    return false
  }

  /**
   * @param onAnswer Runs when the operation is committed, before the promise resolves, and also where its deadline passed
   *   before.
   * @throws MillraceError (as a rejection) `OVERLOADED`, `UNAVAILABLE` or `OUTCOME_UNKNOWN`, and what the operation refuses.
   */
  ask<K extends Kind>(
    operation: OperationOf<K>,
    onAnswer?: (answer: Operations[K]['answer']) => void,
  ): Promise<Operations[K]['answer']> {
    const { maxPending, maxPendingBytes } = this.#options
    if (this.#count >= maxPending || this.#bytes >= maxPendingBytes) {
      return Promise.reject(
        fail('OVERLOADED', 'too many operations wait for the database; send fewer, or use a faster disk'),
      )
    }
    const bytes = pendingBytes(operation as Operation)
    this.#count++
    this.#bytes += bytes
    if (this.#gathered.length === 0) this.#options.clock.defer(() => this.flush())
    return new Promise((resolve, reject) => {
      const settle = (result: Result): void => {
        if ('refused' in result) return reject(fail(result.refused.code, result.refused.message))
        const answer = result.ok as Operations[K]['answer']
        onAnswer?.(answer)
        resolve(answer)
      }
      this.#gathered.push({ operation: operation as Operation, bytes, settle, reject })
    })
  }

  flush(): void {
    const pending = this.#gathered
    if (pending.length === 0) return
    this.#gathered = []
    const { clock, random, deadlineMs, post } = this.#options
    const serial = this.#serial++
    const batch = {
      serial,
      now: clock.now(),
      epoch: random.id(),
      operations: pending.map(({ operation }) => operation),
    }
    if (!post(batch)) {
      for (const { reject } of pending) reject(fail('UNAVAILABLE', 'the database is not open; retry later'))
      return this.#forget(pending)
    }
    const posted: Posted = {
      pending,
      cancelDeadline: clock.after(deadlineMs, () => this.#overdue(posted)),
      isOverdue: false,
    }
    this.#posted.set(serial, posted)
  }

  answered(answers: readonly BatchAnswer[]): void {
    for (const { serial, results } of answers) {
      const posted = this.#posted.get(serial)
      if (posted === undefined) continue
      this.#posted.delete(serial)
      posted.cancelDeadline()
      this.#forget(posted.pending)
      for (const [index, { settle }] of posted.pending.entries()) settle(results[index] as Result)
    }
  }

  /**
   * The worker ended.
   *
   * @returns The operations whose outcome is not known, in their order.
   */
  died(reason: string): Operation[] {
    const unknown: Operation[] = []
    for (const { pending, cancelDeadline } of this.#posted.values()) {
      cancelDeadline()
      this.#forget(pending)
      for (const { operation, reject } of pending) {
        reject(deathError(operation, reason))
        unknown.push(operation)
      }
    }
    this.#posted.clear()
    return unknown
  }

  #overdue(posted: Posted): void {
    posted.isOverdue = true
    for (const { operation, reject } of posted.pending) reject(deadlineError(operation, this.#options.deadlineMs))
  }

  #forget(pending: readonly Pending[]): void {
    this.#count -= pending.length
    for (const { bytes } of pending) this.#bytes -= bytes
  }
}
