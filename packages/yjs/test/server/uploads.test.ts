import { manualClock, startTestServer } from '@millrace/testing'
import { expect, it, vi } from 'vitest'
import { Uploads } from '../../src/server/uploads.ts'
import { notesApp } from './fixtures/notes.ts'
import { joinNote } from './fixtures/raw-editor.ts'
import { entriesOf } from './fixtures/stored.ts'

// A thread starts from source, which takes seconds where the machine has much to do.
vi.setConfig({ testTimeout: 30_000 })

function partsOf(update: Uint8Array, upload: string, partBytes = 40_000) {
  const count = Math.ceil(update.byteLength / partBytes)
  return Array.from({ length: count }, (_, index) => ({
    upload,
    index,
    count,
    bytes: update.slice(index * partBytes, (index + 1) * partBytes),
  }))
}

it('[DOC8, DOC19] an update in parts is one event of the room', async () => {
  const app = notesApp({ plan: { compactBytes: 1_000_000 } })
  await using server = await startTestServer({ implementations: [app] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  const ben = await joinNote(server.client({ auth: { user: 'ben' } }))
  const heard = new Promise((resolve) => ben.room.on('update', resolve))
  const update = ada.edit((doc) => doc.getText('text').insert(0, 'long '.repeat(40_000)))
  const parts = partsOf(update, 'u1')
  expect(parts).toHaveLength(6)
  for (const part of parts) await ada.room.request('update.part', part)
  await heard
  expect(ben.text.toJSON()).toBe(ada.text.toJSON())
  const [entry, ...others] = await entriesOf(server.server)
  expect(others).toEqual([])
  expect(new Uint8Array(entry!.payload as Uint8Array)).toEqual(update)

  // Sent again as a whole, it is known.
  for (const part of partsOf(update, 'u2')) await ada.room.request('update.part', part)
  expect(await entriesOf(server.server)).toHaveLength(1)
})

it('[DOC8] the whole passes the guard', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }), 'one', 7)
  await ada.type('mine')
  const eve = await joinNote(server.client({ auth: { user: 'eve' } }))
  eve.doc.clientID = 8
  await eve.open()
  eve.doc.clientID = 7
  const stolen = eve.edit((doc) => doc.getText('text').insert(4, 'long '.repeat(20_000)))
  const sent = async () => {
    for (const part of partsOf(stolen, 'u1')) await eve.room.request('update.part', part)
  }
  await expect(sent()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  for (const part of partsOf(new Uint8Array(100_000).fill(255), 'u2').slice(0, -1))
    await eve.room.request('update.part', part)
  const last = partsOf(new Uint8Array(100_000).fill(255), 'u2').at(-1)!
  await expect(eve.room.request('update.part', last)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  expect(await entriesOf(server.server)).toHaveLength(1)
})

it('[DOC9] bounds an upload, its order and its life', () => {
  const clock = manualClock()
  const uploads = new Uploads(clock, 100)
  const one = new AbortController()
  const two = new AbortController()
  const part = (index: number, byteLength = 30, upload = 'u1') => ({
    upload,
    index,
    count: 3,
    bytes: new Uint8Array(byteLength).fill(index),
  })
  const outOfOrder = expect.objectContaining({ code: 'INVALID_INPUT' })
  expect(() => uploads.take(one.signal, part(1))).toThrow(outOfOrder)
  expect(uploads.take(one.signal, part(0))).toBeUndefined()
  expect(() => uploads.take(two.signal, part(1))).toThrow(outOfOrder)
  expect(() => uploads.take(one.signal, part(2))).toThrow(outOfOrder)
  expect(uploads.take(one.signal, part(1))).toBeUndefined()
  expect(uploads.take(one.signal, part(1))).toBeUndefined()
  expect(uploads.take(one.signal, part(2))).toHaveLength(90)
  expect(uploads.take(one.signal, part(2))).toHaveLength(90)

  uploads.take(one.signal, part(0, 60, 'u2'))
  expect(() => uploads.take(one.signal, part(1))).toThrow(outOfOrder)
  expect(() => uploads.take(one.signal, part(1, 60, 'u2'))).toThrow(
    expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }),
  )
  expect(() => uploads.take(one.signal, part(1, 1, 'u2'))).toThrow(outOfOrder)

  uploads.take(one.signal, part(0, 30, 'u3'))
  clock.advance(29_000)
  uploads.take(one.signal, part(1, 30, 'u3'))
  clock.advance(30_001)
  expect(() => uploads.take(one.signal, part(2, 30, 'u3'))).toThrow(outOfOrder)

  uploads.take(two.signal, part(0, 30, 'u4'))
  two.abort()
  expect(() => uploads.take(two.signal, part(1, 30, 'u4'))).toThrow(outOfOrder)
})
