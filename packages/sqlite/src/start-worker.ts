import { Worker, type WorkerOptions as ThreadOptions } from 'node:worker_threads'
import type { FromWorker, ToWorker, WorkerOptions } from './protocol.ts'
import { transfersTo } from './transfers-to.ts'

export interface WorkerHandle {
  post(message: ToWorker): void
  /** Ends the thread at once; what it was doing may or may not be in the file. */
  terminate(): Promise<void>
}

export interface WorkerEvents {
  message(message: FromWorker): void
  /** Comes once, and nothing after it. */
  exit(reason: string): void
}

export function startWorker(options: WorkerOptions, events: WorkerEvents): WorkerHandle {
  const worker = createThread({ workerData: options, name: 'millrace sqlite' })
  let reason = 'the thread of the database ended'
  worker.on('message', (message: FromWorker) => events.message(message))
  worker.on('error', (error: unknown) => {
    reason = `the thread of the database failed: ${error instanceof Error ? error.message : String(error)}`
  })
  worker.on('exit', () => events.exit(reason))
  return {
    post: (message) => worker.postMessage(message, transfersTo(message)),
    terminate: async () => {
      await worker.terminate()
    },
  }
}

/**
 * Beside the published file lies the published worker. Run from source (tests, `npm run dev`) it is the source of the
 * worker: a build that happens to lie in `dist` could be stale, and nobody would notice that the tests did not run what
 * was written.
 */
function createThread(options: ThreadOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./worker/main.js', import.meta.url), options)
  // What it imports is source, too.
  const execArgv = ['--conditions=@millrace/source']
  return new Worker(new URL('./worker/run-from-source.mjs', import.meta.url), { ...options, execArgv })
}
