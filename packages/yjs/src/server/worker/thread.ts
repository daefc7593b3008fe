import { Worker } from 'node:worker_threads'
import { fail, type Cancel, type Clock, type MillraceError } from '@millrace/contract'
import type { FromThread, ToThread } from './protocol.ts'

interface Prepared {
  readonly message: ToThread
  /** Memory that the caller gives away. */
  readonly transfer: readonly ArrayBuffer[]
}

interface Task {
  readonly prepare: () => Prepared
  readonly maxMs: number
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * After which a thread without work ends, and gives its 12 MB back, ms. To begin another one costs as much of a processor as some
 * hundred updates.
 */
const idleMs = 60_000

/** One thread, one job at a time, begun with the first. A job that takes too long ends with the thread; the next begins another one. */
export class Thread {
  readonly #clock: Clock
  readonly #waiting: Task[] = []
  #worker: Worker | undefined
  #current: Task | undefined
  #cancelTimer: Cancel | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Rejects with an Error where the job threw, with OVERLOADED where it took longer than `maxMs` from when it began.
   *
   * @param prepare Called when it begins: what waits holds no copies.
   * @param signal Ends the job, and the thread where it has begun: rejects with its reason.
   */
  async run(prepare: () => Prepared, maxMs: number, signal?: AbortSignal): Promise<unknown> {
    signal?.throwIfAborted()
    let stop: (() => void) | undefined
    try {
      return await new Promise((resolve, reject) => {
        const task: Task = { prepare, maxMs, resolve, reject }
        stop = () => this.#stop(task, signal?.reason)
        signal?.addEventListener('abort', stop)
        this.#waiting.push(task)
        this.#next()
      })
    } finally {
      if (stop) signal?.removeEventListener('abort', stop)
    }
  }

  #stop(task: Task, reason: unknown): void {
    const error = reason instanceof Error ? reason : new Error('it was stopped')
    if (task === this.#current) return this.#end(error)
    const index = this.#waiting.indexOf(task)
    if (index < 0) return // it failed to begin when the one before it ended
    this.#waiting.splice(index, 1)
    task.reject(error)
  }

  #next(): void {
    if (this.#current) return
    this.#cancelTimer?.()
    this.#current = this.#waiting.shift()
    if (this.#current === undefined) {
      this.#worker?.unref()
      this.#cancelTimer = this.#clock.after(idleMs, () => this.#end(new Error('it had nothing to do')))
      return
    }
    this.#worker ??= this.#start()
    // Work keeps the process alive, an idle thread does not.
    this.#worker.ref()
    const { prepare, maxMs } = this.#current
    this.#cancelTimer = this.#clock.after(maxMs, () => this.#end(tooLong(maxMs)))
    try {
      const { message, transfer } = prepare()
      this.#worker.postMessage(message, transfer)
    } catch (error) {
      this.#settle({ failed: error instanceof Error ? error.message : String(error) })
    }
  }

  #start(): Worker {
    const worker = createWorker()
    worker.on('message', (message: FromThread) => {
      if (worker === this.#worker) this.#settle(message)
    })
    worker.on('error', (error: unknown) =>
      this.#ended(worker, error instanceof Error ? error : new Error(String(error))),
    )
    worker.on('exit', () => this.#ended(worker, new Error('the thread of the documents ended')))
    return worker
  }

  #settle(message: FromThread): void {
    const task = this.#current
    this.#current = undefined
    if ('failed' in message) task?.reject(new Error(message.failed))
    else task?.resolve(message.answer)
    this.#next()
  }

  #end(reason: Error): void {
    const worker = this.#worker
    if (worker === undefined) return
    this.#ended(worker, reason)
    void worker.terminate()
  }

  #ended(worker: Worker, reason: Error): void {
    if (worker !== this.#worker) return
    this.#worker = undefined
    const task = this.#current
    this.#current = undefined
    task?.reject(reason)
    if (this.#waiting.length > 0) this.#next()
    else this.#cancelTimer?.()
  }
}

function tooLong(maxMs: number): MillraceError {
  return fail('OVERLOADED', `a job of a document took longer than ${maxMs} ms and was ended; look who wrote it`)
}

/** Beside the published file lies the published worker; run from source it is the source of the worker. */
function createWorker(): Worker {
  // Yjs deletes types in types by recursion. With a usual stack, some thousand levels could never be compacted again.
  const shared = { name: 'millrace documents', resourceLimits: { stackSizeMb: 256 } }
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./main.js', import.meta.url), shared)
  return new Worker(new URL('./run-from-source.mjs', import.meta.url), {
    ...shared,
    execArgv: ['--conditions=@millrace/source'],
  })
}
