import { startTestServer } from '@millrace/testing'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { loadDocument } from '../../src/server/load-document.ts'
import { notesApp } from './fixtures/notes.ts'
import { noteOf } from './fixtures/stored.ts'

it('[DOC19] other work gets its turn while a long tail is read, whether of many updates or of large ones', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const turnsFor = async (noteId: string, words: readonly string[]): Promise<number> => {
    const room = noteOf(server.server, noteId)
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (const word of words) doc.getText('text').insert(0, word)
    for (const update of updates) await room.publish('update', update)
    let turns = 0
    let isLoading = true
    const turn = (): void => {
      turns++
      if (isLoading) setImmediate(turn)
    }
    turn()
    const { pieces, faults } = await loadDocument(room.storage)
    isLoading = false
    expect([pieces.tailCount, faults]).toEqual([words.length, []])
    return turns
  }
  expect(await turnsFor('many', Array<string>(1_000).fill('x'))).toBeGreaterThan(4)
  expect(await turnsFor('large', Array<string>(10).fill('x'.repeat(60_000)))).toBeGreaterThan(4)
})
