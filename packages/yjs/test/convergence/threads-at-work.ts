import { Worker } from 'node:worker_threads'

/** Jobs that are not answered. */
const asked = new Map<Worker, number>()
let waiting: (() => void)[] = []

/** Resolves when no thread of documents does a job. Jobs take real time, which the time of a pair must not outrun. */
export function untilThreadsRest(): Promise<void> | undefined {
  if (asked.size === 0) return undefined
  return new Promise((resolve) => waiting.push(resolve))
}

// Each job is one message there and one back.
Worker.prototype.postMessage = new Proxy(Reflect.get(Worker.prototype, 'postMessage') as (job: unknown) => void, {
  apply(post, worker: Worker, args: [unknown]) {
    if (isJob(args[0])) {
      if (!watched.has(worker)) watch(worker)
      asked.set(worker, (asked.get(worker) ?? 0) + 1)
    }
    Reflect.apply(post, worker, args)
  },
})

const watched = new WeakSet<Worker>()

function watch(worker: Worker): void {
  watched.add(worker)
  worker.on('message', () => left(worker, (asked.get(worker) ?? 0) - 1))
  worker.on('exit', () => left(worker, 0))
}

function left(worker: Worker, jobs: number): void {
  if (jobs > 0) return void asked.set(worker, jobs)
  asked.delete(worker)
  if (asked.size > 0) return
  const told = waiting
  waiting = []
  for (const tell of told) tell()
}

/** Other workers of the process are none of ours. */
function isJob(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'name' in message && 'ask' in message
}
