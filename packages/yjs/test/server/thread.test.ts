import { systemClock } from '@millrace/server/core'
import { manualClock } from '@millrace/testing'
import { expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { DocumentJobs } from '../../src/server/document-jobs.ts'
import { encodePieces } from '../../src/server/piece-list.ts'
import type { Merged } from '../../src/server/worker/jobs.ts'
import { runJob } from '../../src/server/worker/run-job.ts'
import { Thread } from '../../src/server/worker/thread.ts'

// A thread starts from source, which takes seconds where the machine has much to do.
vi.setConfig({ testTimeout: 30_000 })

function updatesOf(words: readonly string[]): Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const word of words) doc.getText('text').insert(doc.getText('text').length, word)
  return updates
}

const merge = (pieces: Uint8Array) => () => ({ message: { name: 'merge', ask: { pieces } } as const, transfer: [] })

it('[DOC19] a job that fails fails alone', async () => {
  const thread = new Thread(systemClock)
  const updates = updatesOf(['one ', 'two ', 'three'])
  const answers = await Promise.allSettled([
    thread.run(merge(encodePieces(updates)), 30_000),
    thread.run(merge(encodePieces(updates.slice(1))), 30_000),
    thread.run(merge(new Uint8Array([200, 1])), 30_000),
    thread.run(merge(encodePieces(updates)), 30_000),
  ])
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  const merged = answers.map((answer) => (answer.status === 'fulfilled' ? (answer.value as Merged).update : undefined))
  const doc = new Y.Doc()
  Y.applyUpdate(doc, merged[3]!)
  expect(doc.getText('text').toJSON()).toBe('one two three')
  expect(answers[1]).toMatchObject({ reason: { message: expect.stringContaining('updates are missing') as string } })
})

it('[DOC19] a job that takes too long ends with its thread, and the next one runs', async () => {
  const clock = manualClock()
  const thread = new Thread(clock)
  // Nobody answers this one before the clock says that 5 s have passed.
  const slow = thread.run(merge(encodePieces(updatesOf(['slow']))), 5_000)
  const next = thread.run(merge(encodePieces(updatesOf(['next']))), 5_000)
  clock.advance(5_000)
  await expect(slow).rejects.toMatchObject({
    code: 'OVERLOADED',
    message: expect.stringContaining('5000 ms') as string,
  })
  const merged = (await next) as Merged
  const doc = new Y.Doc()
  Y.applyUpdate(doc, merged.update)
  expect(doc.getText('text').toJSON()).toBe('next')
  clock.advance(60_000)
})

it('[DOC19] what waits for its turn holds no copy of a document', async () => {
  const prepared: string[] = []
  const updates = updatesOf(['one ', 'two ', 'three'])
  const ask = (who: string) => () => {
    prepared.push(who)
    return { pieces: encodePieces(updates), stateVector: new Uint8Array([0]) }
  }
  const answers = ['first', 'second'].map((who) => runJob('diff', ask(who), 100_000))
  expect(prepared).toEqual(['first'])
  const [first, second] = await Promise.all(answers)
  expect(prepared).toEqual(['first', 'second'])
  expect(first).toEqual(second)
})

it('[DOC30] of what a document ends only its own ends, also where a job of it cannot begin any more', async () => {
  const thread = new Thread(systemClock)
  const ending = new AbortController()
  const answer = merge(encodePieces(updatesOf(['goes on'])))
  const unable = () => {
    throw new Error('no memory')
  }
  const ended = Promise.allSettled([
    thread.run(answer, 30_000, ending.signal),
    thread.run(unable, 30_000, ending.signal),
  ])
  const others = Promise.all([thread.run(answer, 30_000), thread.run(answer, 30_000)])
  ending.abort(new Error('the document closed'))
  expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await others).toHaveLength(2)
})

it('[DOC19] any number of jobs of a document wait, and the process warns of nothing', async () => {
  const warnings: Error[] = []
  const note = (warning: Error) => void warnings.push(warning)
  process.on('warning', note)
  const jobs = new DocumentJobs()
  const ask = () => ({ pieces: encodePieces(updatesOf(['waits'])) })
  await Promise.all(Array.from({ length: 20 }, () => jobs.run('nesting', ask, 100_000)))
  process.off('warning', note)
  expect(warnings).toEqual([])
})
