import { memory } from '@millrace/server'
import { startTestCluster, startTestServer } from '@millrace/testing'
import { openDocument } from '@millrace/yjs/server'
import { describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { findDocument } from '../../src/server/documents.ts'
import { decodeSnapshot } from '../../src/server/snapshot-blob.ts'
import { notesApp } from './fixtures/notes.ts'
import { joinNote, type RawEditor } from './fixtures/raw-editor.ts'
import { entriesOf, noteOf, textOf } from './fixtures/stored.ts'
import { untrimmed, withBlobs } from './fixtures/wrapped-store.ts'

const plan = { compactEntries: 10 }

async function typeWords(editor: RawEditor, count: number): Promise<void> {
  for (let index = 0; index < count; index++) await editor.type(`${index} `)
}

describe('compacting', () => {
  it('[DOC2, DOC12] puts the updates into a snapshot, trims the log, and opening reads both', async () => {
    await using server = await startTestServer({ implementations: [notesApp({ plan })] })
    const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
    await typeWords(ada, 10)
    await vi.waitFor(async () => expect(await entriesOf(server.server)).toHaveLength(0))
    await typeWords(ada, 3)
    const ben = await joinNote(server.client({ auth: { user: 'ben' } }))
    const { updates } = await ben.open()
    const blob = await noteOf(server.server).storage.blobs.read('snapshot')
    expect(updates).toHaveLength(4)
    expect(updates[0]).toEqual(decodeSnapshot(blob!.bytes).update)
    expect(ben.text.toJSON()).toBe(ada.text.toJSON())
    expect(server.errors).toEqual([])
  })

  it('[DOC12] keeps the log of a document bounded that is edited for ever', async () => {
    await using server = await startTestServer({ implementations: [notesApp({ plan: { compactEntries: 100 } })] })
    const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
    for (let round = 0; round < 100; round++) {
      const sent = Array.from({ length: 100 }, (_, index) =>
        ada.send(
          ada.edit((doc) => {
            const text = doc.getText('text')
            if (index === 99) text.delete(0, 90)
            text.insert(text.length, String(index % 10))
          }),
        ),
      )
      await Promise.all(sent)
      await vi.waitFor(async () => expect((await entriesOf(server.server)).length).toBeLessThan(400), 20_000)
    }
    const exported = await openDocument(noteOf(server.server)).export()
    expect(textOf([exported])).toBe(ada.text.toJSON())
  }, 60_000)

  it('[DOC13] loses and repeats nothing where a process dies between snapshot and trim', async () => {
    const store = memory()
    let text: string
    {
      await using server = await startTestServer({ store: untrimmed(store), implementations: [notesApp({ plan })] })
      const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
      await typeWords(ada, 12)
      const { blobs } = noteOf(server.server).storage
      await vi.waitFor(async () => expect(await blobs.read('snapshot')).toBeDefined())
      text = ada.text.toJSON()
      expect(await entriesOf(server.server)).toHaveLength(12)
    }
    await using server = await startTestServer({ store, implementations: [notesApp({ plan })] })
    const ben = await joinNote(server.client({ auth: { user: 'ben' } }))
    const { updates } = await ben.open()
    expect(ben.text.toJSON()).toBe(text)
    expect(updates.length).toBeLessThanOrEqual(3)
    await ben.type('on')
    expect(textOf([await openDocument(noteOf(server.server)).export()])).toBe(`${text}on`)
  })

  it('[DOC14] lets one of two nodes write that compact at the same time', async () => {
    const conflicts: boolean[] = []
    const store = withBlobs(memory(), (blobs) => ({
      write: async (room, write) => {
        const written = await blobs.write(room, write)
        if (write.name === 'snapshot') conflicts.push(!written.isWritten)
        return written
      },
    }))
    await using cluster = await startTestCluster({ nodes: 2, store, implementations: [notesApp()] })
    const editors = await Promise.all(
      cluster.nodes.map((node, index) => joinNote(node.client({ auth: { user: `user ${index}` } }))),
    )
    const documents = cluster.nodes.map(({ server }) => findDocument(noteOf(server))!)
    for (const _ of [1, 2]) {
      await Promise.all(editors.map((editor) => typeWords(editor, 5)))
      for (const { open } of documents) await open.catchUp()
      conflicts.length = 0
      await Promise.all(documents.map(({ compaction }) => compaction.run()))
      expect(conflicts).toEqual([false, true])
    }
    await vi.waitFor(() => expect(editors[0]!.text.toJSON()).toBe(editors[1]!.text.toJSON()))
    for (const node of cluster.nodes) {
      const reader = await joinNote(node.client({ auth: { user: 'reader' } }))
      await reader.open()
      expect(reader.text.toJSON()).toBe(editors[0]!.text.toJSON())
      expect(node.errors).toEqual([])
    }
  })

  it('[DOC12] keeps what a node holds bounded on which people only read', async () => {
    await using cluster = await startTestCluster({ nodes: 2, implementations: [notesApp({ plan })] })
    const [one, two] = cluster.nodes
    const ada = await joinNote(one!.client({ auth: { user: 'ada' } }))
    const reader = await joinNote(two!.client({ auth: { user: 'reader' } }))
    let most = 0
    for (let round = 0; round < 10; round++) {
      await typeWords(ada, 15)
      await vi.waitFor(() => expect(reader.text.toJSON()).toBe(ada.text.toJSON()))
      most = Math.max(most, findDocument(noteOf(two!.server))!.open.pieces.tailCount)
    }
    expect(most).toBeLessThan(60)
    const late = await joinNote(two!.client({ auth: { user: 'late' } }))
    await late.open()
    expect(late.text.toJSON()).toBe(ada.text.toJSON())
    expect(two!.errors).toEqual([])
  })

  it('[DOC16] happens when nobody looks any more, and the document is forgotten', async () => {
    const app = notesApp()
    await using server = await startTestServer({ implementations: [app], limits: { roomLingerMs: 10 } })
    const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
    await typeWords(ada, 20)
    expect(await entriesOf(server.server)).toHaveLength(20)
    await ada.room.leave()
    await vi.waitFor(async () => expect(await entriesOf(server.server)).toHaveLength(0))
    expect(server.server.counters().rooms).toBe(0)
    const few = await joinNote(server.client({ auth: { user: 'ada' } }), 'two')
    await typeWords(few, 19)
    await few.room.leave()
    await vi.waitFor(() => expect(server.server.counters().rooms).toBe(0))
    expect(await entriesOf(server.server, 'two')).toHaveLength(19)
  })

  it('[DOC17] is waited for where it does not get through', async () => {
    let isBroken = true
    const store = withBlobs(memory(), (blobs) => ({
      write: async (room, write) => {
        if (isBroken && write.name === 'snapshot') throw new Error('the disk is full')
        return blobs.write(room, write)
      },
    }))
    const app = notesApp({ plan: { compactEntries: 5, maxTailEntries: 20 } })
    await using server = await startTestServer({ store, implementations: [app] })
    const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
    await typeWords(ada, 20)
    const update = ada.edit((doc) => doc.getText('text').insert(0, 'more '))
    await expect(ada.send(update)).rejects.toMatchObject({ code: 'OVERLOADED' })
    expect(server.errors).toContainEqual(new Error('the disk is full'))
    isBroken = false
    await vi.waitFor(() => ada.send(update), { interval: 200 })
    await vi.waitFor(async () => expect((await entriesOf(server.server)).length).toBeLessThan(5))
    expect(textOf([await openDocument(noteOf(server.server)).export()])).toBe(ada.text.toJSON())
  })

  it('[DOC18] makes room in a document that is full, and deletions are taken where it is', async () => {
    await using server = await startTestServer({
      implementations: [notesApp({ plan: { compactBytes: 10_000_000, compactEntries: 10_000 } })],
    })
    const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
    const long = 'x'.repeat(40_000)
    // 1,000,000 bytes fit; what was deleted is no part of a snapshot.
    for (let index = 0; index < 24; index++) await ada.type(long)
    await ada.send(ada.edit((doc) => doc.getText('text').delete(0, 900_000)))
    for (let index = 0; index < 20; index++) await ada.type(long)
    const more = async () => {
      for (let index = 0; index < 10; index++) await ada.type(long)
    }
    await expect(more()).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
    const exported = await openDocument(noteOf(server.server)).export()
    expect(textOf([exported]).length).toBeGreaterThan(800_000)
    const stored = new Y.Doc()
    Y.applyUpdate(stored, exported)
    const before = Y.encodeStateVector(stored)
    stored.getText('text').delete(0, 800_000)
    await ada.send(Y.encodeStateAsUpdate(stored, before))
    expect(textOf([await openDocument(noteOf(server.server)).export()]).length).toBeLessThan(200_000)
  })
})

describe('a log that is not what it was', () => {
  it('[DOC15] takes nothing from the snapshot', async () => {
    const store = memory()
    let text: string
    {
      await using server = await startTestServer({ store, implementations: [notesApp({ plan })] })
      const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
      await typeWords(ada, 10)
      await vi.waitFor(async () => expect(await entriesOf(server.server)).toHaveLength(0))
      await typeWords(ada, 2)
      text = ada.text.toJSON()
    }
    // The blobs are those of `store`, the log is another one, which begins anew.
    const other = memory()
    const begun = {
      open: async (context: Parameters<typeof store.open>[0]) => {
        const [kept, empty] = [await store.open(context), await other.open(context)]
        return { ...kept, log: empty.log, close: async () => void (await Promise.all([kept.close(), empty.close()])) }
      },
    }
    await using server = await startTestServer({ store: begun, implementations: [notesApp({ plan })] })
    const ben = await joinNote(server.client({ auth: { user: 'ben' } }))
    await ben.open()
    expect(ben.text.toJSON()).toBe('0 1 2 3 4 5 6 7 8 9 ')
    expect(text.startsWith(ben.text.toJSON())).toBe(true)
    await typeWords(ben, 15)
    const eve = await joinNote(server.client({ auth: { user: 'eve' } }))
    await eve.open()
    expect(eve.text.toJSON()).toBe(ben.text.toJSON())
  })
})
