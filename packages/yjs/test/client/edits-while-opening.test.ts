import { systemClock, systemRandom } from '@millrace/client'
import { writeVarUint8Array, createEncoder, toUint8Array } from 'lib0/encoding'
import { expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import type { DocumentRoom } from '../../src/client/document-room.ts'
import { DocumentSync } from '../../src/client/document-sync.ts'

/** A room whose server is a document, and that answers an opening when it is told to. */
function roomOf(server: Y.Doc) {
  let answer = (): void => undefined
  const opened = new Promise<void>((resolve) => (answer = resolve))
  const tryRequest = async (name: string, input: { readonly stateVector: Uint8Array } | Uint8Array) => {
    if (input instanceof Uint8Array) Y.applyUpdate(server, input)
    if (name !== 'open') return { ok: true, data: {} }
    await opened
    const updates = createEncoder()
    writeVarUint8Array(updates, Y.encodeStateAsUpdate(server))
    return { ok: true, data: { updates: toUint8Array(updates), known: Y.encodeStateVector(server), canWrite: true } }
  }
  return { room: { tryRequest } as unknown as DocumentRoom, answer: () => answer() }
}

it('[DOC101, DOC105] sends what is edited while the answer to an opening is looked at', async () => {
  const [server, doc] = [new Y.Doc(), new Y.Doc()]
  const { room, answer } = roomOf(server)
  const report = vi.fn<(thrown: unknown) => void>()
  const parts = { room, doc, origin: 'provider', clock: systemClock, random: systemRandom, report }
  const sync = new DocumentSync({ ...parts, changed: () => undefined, refused: report })
  doc.on('update', (update: Uint8Array, origin) => {
    if (origin !== 'provider') sync.edited(update)
  })
  sync.ready()
  sync.joined(false)
  answer()
  // Others' promises resolve in between.
  for (let turn = 0; turn < 40; turn++) {
    await Promise.resolve()
    doc.getText('text').insert(doc.getText('text').length, 'x')
  }
  await vi.waitFor(() => expect([sync.isSynced, sync.unsaved]).toEqual([true, 0]))
  expect(server.getText('text').toJSON()).toBe('x'.repeat(40))
  expect(report).not.toHaveBeenCalled()
})
