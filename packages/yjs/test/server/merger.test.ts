import { fail } from '@millrace/contract'
import { expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { decodeClocks } from '../../src/server/clocks.ts'
import { Merger } from '../../src/server/merger.ts'
import { Pieces } from '../../src/server/pieces.ts'
import { runJob } from '../../src/server/worker/run-job.ts'

// A thread starts from source, which takes seconds where the machine has much to do.
vi.setConfig({ testTimeout: 30_000 })

it('[DOC12, DOC19] what takes too long to make is put together as it stands, and not tried again', async () => {
  const asked: string[] = []
  const merger = new Merger(async (name, ask, byteLength) => {
    asked.push(name)
    if (name === 'merge') throw fail('OVERLOADED', 'it took longer than 10 s')
    return runJob(name, ask, byteLength)
  })
  const doc = new Y.Doc()
  const pieces = new Pieces(undefined, [])
  doc.on('update', (update: Uint8Array) => pieces.push({ offset: pieces.tailCount + 1, update }))
  const text = doc.getText('text')
  for (let index = 0; index < 5_000; index++) {
    text.insert(index % 2 === 0 ? 0 : text.length, String(index % 10))
    if (index % 7 === 0) text.delete(Math.floor(text.length / 2), 1)
  }
  const { update, stateVector } = await merger.merge(pieces)
  const read = new Y.Doc()
  Y.applyUpdate(read, update)
  expect(read.getText('text').toJSON()).toBe(text.toJSON())
  expect(decodeClocks(stateVector)).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)))
  await merger.merge(pieces)
  expect(asked).toEqual(['merge', 'join', 'join'])
})

it('[DOC12] what Yjs cannot make is put together as it stands, and tried again the next time', async () => {
  const asked: string[] = []
  const merger = new Merger(async (name, ask, byteLength) => {
    asked.push(name)
    if (name === 'merge') throw new Error('Unexpected case')
    return runJob(name, ask, byteLength)
  })
  const doc = new Y.Doc()
  doc.getText('text').insert(0, 'kept')
  const pieces = new Pieces(undefined, [{ offset: 1, update: Y.encodeStateAsUpdate(doc) }])
  const read = new Y.Doc()
  Y.applyUpdate(read, (await merger.merge(pieces)).update)
  expect(read.getText('text').toJSON()).toBe('kept')
  await merger.merge(pieces)
  expect(asked).toEqual(['merge', 'join', 'merge', 'join'])
  pieces.push({ offset: 2, update: Uint8Array.of(1, 2, 3) })
  await expect(merger.merge(pieces)).rejects.toThrow()
})
