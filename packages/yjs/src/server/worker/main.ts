import { parentPort } from 'node:worker_threads'
import { jobs } from './jobs.ts'
import { ownedBuffers } from './owned-buffers.ts'
import type { FromThread, ToThread } from './protocol.ts'

if (parentPort === null) throw new Error('this file runs in a worker thread; import @millrace/yjs/server instead')
const port = parentPort

port.on('message', (message: ToThread) => {
  const answer = answerTo(message)
  port.postMessage(answer, ownedBuffers('answer' in answer ? answer.answer : undefined))
})

function answerTo({ name, ask }: ToThread): FromThread {
  try {
    return { answer: (jobs[name] as (asked: typeof ask) => ReturnType<(typeof jobs)[typeof name]>)(ask) }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}
