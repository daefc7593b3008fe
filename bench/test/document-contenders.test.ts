import { expect, test } from 'vitest'
import {
  documentContenderNames,
  documentContenders,
  keepsDocuments,
  type DocumentContenderName,
} from '../documents/document-contender.ts'
import { DocumentLoad } from '../documents/document-load.ts'
import { editedDocument } from '../documents/edited-document.ts'
import { syntheticTrace } from '../documents/trace.ts'

async function open(name: DocumentContenderName) {
  const contender = await documentContenders[name]()
  const load = new DocumentLoad(name, contender.port)
  return {
    contender,
    load,
    async [Symbol.asyncDispose]() {
      await load.disconnect()
      await contender[Symbol.asyncDispose]()
    },
  }
}

test.each(documentContenderNames)('%s brings every update to every author and to a fresh reader', async (name) => {
  await using opened = await open(name)
  const { load } = opened
  await load.connect('page', 4)
  const closed = await load.closedLoop({ updates: 20 })
  await load.check('page')
  const paced = await load.paced({ updates: 10, perSecond: 200 })
  await load.check('page')
  expect([closed.operations, paced.operations]).toEqual([80, 40])
  expect(closed.bytesPerUpdate).toBeGreaterThan(3 * 20)
})

test.each(documentContenderNames.filter(keepsDocuments))('%s opens what was stored', async (name) => {
  await using opened = await open(name)
  const { contender, load } = opened
  const { updates, digest } = editedDocument(syntheticTrace(12_000, 1))
  await contender.store('stored', updates)
  const { bytes, micros } = await load.open('stored')
  expect(bytes).toBeGreaterThan(10_000)
  expect(micros).toBeGreaterThan(0)
  await load.hold(['stored'])
  expect(await load.digest('stored')).toBe(digest)
})

test('an update that a server lost fails the check', async () => {
  await using opened = await open('y-websocket')
  const { load } = opened
  await load.connect('page', 2)
  await load.closedLoop({ updates: 3 })
  await expect(load.check('another page')).rejects.toThrow('another state vector than the authors have')
})
