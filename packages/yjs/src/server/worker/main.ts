import { parentPort } from 'node:worker_threads'
import { jobs } from './jobs.ts'
import type { FromThread, ToThread } from './protocol.ts'

if (parentPort === null) throw new Error('this file runs in a worker thread; import @millrace/yjs/server instead')
const port = parentPort

port.on('message', (message: ToThread) => port.postMessage(answerTo(message)))

function answerTo({ name, ask }: ToThread): FromThread {
  try {
    return { answer: (jobs[name] as (asked: typeof ask) => ReturnType<(typeof jobs)[typeof name]>)(ask) }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}
