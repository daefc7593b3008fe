import { startTestServer } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { notesApp } from '../server/fixtures/notes.ts'
import { joinNote } from '../server/fixtures/raw-editor.ts'
import { entriesOf } from '../server/fixtures/stored.ts'
import { connectAttacker, refusalOf, refusalOrEnd, type RawAttacker } from './raw-attacker.ts'
import { text, updateBytes } from './update-bytes.ts'

const garbage = Uint8Array.from({ length: 500 }, (_, at) => (at * 151 + 77) & 255)

function typed(word: string): Y.Doc {
  const doc = new Y.Doc()
  doc.getText('text').insert(0, word)
  return doc
}

const long = typed('x'.repeat(400_000))

/** What somebody sends who may write. */
const bad: [string, (attacker: RawAttacker) => ReturnType<RawAttacker['call']>, string][] = [
  ['garbage', (eve) => eve.send(garbage), 'INVALID_INPUT'],
  ['nothing', (eve) => eve.send(new Uint8Array()), 'INVALID_INPUT'],
  ['a truncated update', (eve) => eve.send(Y.encodeStateAsUpdate(typed('hello')).subarray(0, -3)), 'INVALID_INPUT'],
  ['an update of version 2', (eve) => eve.send(Y.encodeStateAsUpdateV2(typed('hello'))), 'INVALID_INPUT'],
  ['text in place of bytes', (eve) => eve.request('update.send', 'hello'), 'INVALID_INPUT'],
  ['no input', (eve) => eve.request('update.send', undefined), 'INVALID_INPUT'],
  ['an update above the limit, in parts', (eve) => eve.upload(Y.encodeStateAsUpdate(long)), 'PAYLOAD_TOO_LARGE'],
  [
    'an update of version 2 in parts',
    (eve) => eve.upload(Y.encodeStateAsUpdateV2(typed('x'.repeat(100_000)))),
    'INVALID_INPUT',
  ],
  [
    'a part out of order',
    (eve) => eve.request('update.part', { upload: 'a', index: 3, count: 4, bytes: Buffer.from(garbage) }),
    'INVALID_INPUT',
  ],
  [
    '10^9 parts',
    (eve) => eve.request('update.part', { upload: 'a', index: 0, count: 1e9, bytes: Buffer.from(garbage) }),
    'INVALID_INPUT',
  ],
  [
    "somebody else's client id",
    (eve) => eve.send(updateBytes([{ client: 77, clock: 5, structs: [text('x')] }])),
    'FORBIDDEN',
  ],
  [
    'a forged state vector',
    (eve) => eve.request('open', { stateVector: Buffer.from([255, 255, 255, 255, 15, 1, 1]) }),
    'INVALID_INPUT',
  ],
  [
    'a state vector beyond every clock',
    (eve) => eve.request('open', { stateVector: Buffer.from([1, 77, 255, 255, 255, 255, 255, 255, 31]) }),
    'INVALID_INPUT',
  ],
  ['a state vector that is text', (eve) => eve.request('open', { stateVector: 'AAAA' }), 'INVALID_INPUT'],
  ['a version that is none', (eve) => eve.request('version.read', { id: '../snapshot' }), 'INVALID_INPUT'],
]

describe('bad input through a socket', () => {
  it.each(bad)('[DOC85] %s: refused, and the document is as it was', async (_, send, code) => {
    await using server = await startTestServer({ implementations: [notesApp()] })
    const ada = await joinNote(server.client({ auth: { user: 'ada' } }), 'one', 77)
    await ada.type('hello')
    const before = await entriesOf(server.server)
    await using eve = await connectAttacker(server.url, 'eve')
    expect(await eve.join({ clientId: 666, state: null })).toMatchObject({ ok: true })
    expect(refusalOf(await send(eve)).code).toBe(code)
    expect(await entriesOf(server.server)).toEqual(before)
    expect(server.errors).toEqual([])
  })

  it('[DOC85] an update above a part in one message: refused, or the connection ends', async () => {
    await using server = await startTestServer({ implementations: [notesApp()] })
    const ada = await joinNote(server.client({ auth: { user: 'ada' } }), 'one', 77)
    await ada.type('hello')
    for (const update of [typed('x'.repeat(60_000)), long].map((doc) => Y.encodeStateAsUpdate(doc))) {
      await using eve = await connectAttacker(server.url, 'eve')
      await eve.join({ clientId: 666, state: null })
      expect(['INVALID_INPUT', 'PAYLOAD_TOO_LARGE', 'CLOSED']).toContain(await refusalOrEnd(eve.send(update)))
    }
    expect(await entriesOf(server.server)).toHaveLength(1)
  })

  it('[DOC85] an update by somebody who may only read, or who did not join: FORBIDDEN', async () => {
    const permissionOf = (userId: string) => (userId === 'ada' ? 'write' : 'read')
    await using server = await startTestServer({ implementations: [notesApp({ permissionOf })] })
    const ada = await joinNote(server.client({ auth: { user: 'ada' } }), 'one', 77)
    await ada.type('hello')
    await using eve = await connectAttacker(server.url, 'eve')
    const mine = Y.encodeStateAsUpdate(typed('mine'))
    expect(refusalOf(await eve.call('update.send', { room: 1, input: Buffer.from(mine) })).code).toBe('FORBIDDEN')
    expect(await eve.join({ clientId: 666, state: null })).toMatchObject({ ok: true })
    const deletion = updateBytes([], [{ client: 77, ranges: [[0, 5]] }])
    for (const update of [mine, deletion, updateBytes([])]) {
      expect(refusalOf(await eve.send(update)).code).toBe('FORBIDDEN')
      expect(refusalOf(await eve.upload(update)).code).toBe('FORBIDDEN')
    }
    for (const name of ['version.save', 'version.rename', 'version.remove', 'version.restore'])
      expect(refusalOf(await eve.request(name, { id: 'x', name: 'x' })).code).toMatch(/FORBIDDEN|INVALID_INPUT/)
    expect(await entriesOf(server.server)).toHaveLength(1)
  })
})
