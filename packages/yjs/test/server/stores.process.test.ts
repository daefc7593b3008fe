import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { redis } from '@millrace/redis'
import type { StoreProvider } from '@millrace/server'
import { sqlite } from '@millrace/sqlite'
import { startTestCluster, startTestServer } from '@millrace/testing'
import { startRedis } from '@millrace/testing/faults'
import { openDocument } from '@millrace/yjs/server'
import { describe, expect, it, vi } from 'vitest'
import { notesApp } from './fixtures/notes.ts'
import { joinNote } from './fixtures/raw-editor.ts'
import { entriesOf, noteOf, textOf } from './fixtures/stored.ts'
import { untrimmed } from './fixtures/wrapped-store.ts'

interface OpenStore extends AsyncDisposable {
  readonly store: StoreProvider
}

const stores: Readonly<Record<string, () => Promise<OpenStore>>> = {
  SQLite: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-documents-'))
    const dispose = () => rm(folder, { recursive: true, force: true })
    return { store: sqlite({ file: join(folder, 'store.db') }), [Symbol.asyncDispose]: dispose }
  },
  Redis: async () => {
    const server = await startRedis()
    return { store: redis({ url: server.url }), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
  },
}

/** Without what every Redis of a test is told: that it forgets. */
function faultsOf(errors: readonly unknown[]): unknown[] {
  return errors.filter((error) => !String(error).includes('keeps nothing on disk'))
}

const app = () => notesApp({ plan: { compactEntries: 10 } })

describe.each(Object.keys(stores))('on %s', (name) => {
  it('[DOC2, DOC10, DOC12, DOC13] a document survives its server, wherever that ends', async () => {
    await using kept = await stores[name]!()
    let text = ''
    // The first one dies between snapshot and trim, the second does not.
    for (const store of [untrimmed(kept.store), kept.store]) {
      await using server = await startTestServer({ store, implementations: [app()] })
      const ada = await joinNote(server.client({ auth: { user: 'ada' } }), 'one')
      await ada.open()
      expect(ada.text.toJSON()).toBe(text)
      for (let index = 0; index < 12; index++) await ada.type(`${index} `)
      text = ada.text.toJSON()
      const eve = await joinNote(server.client({ auth: { user: 'eve' } }))
      await eve.open()
      eve.doc.clientID = ada.doc.clientID
      await expect(eve.type('stolen')).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await ada.room.request('version.save', { name: 'kept' })
      expect(faultsOf(server.errors)).toEqual([])
    }
    await using server = await startTestServer({ store: kept.store, implementations: [app()] })
    const document = openDocument(noteOf(server.server))
    expect(textOf([await document.export()])).toBe(text)
    const named = (await document.versions.list()).filter(({ kind }) => kind === 'named')
    expect(named).toHaveLength(2)
    expect(textOf([await document.versions.read(named[0]!.id)])).toBe(text)
    await expect.poll(async () => (await entriesOf(server.server)).length).toBeLessThan(24)
  })
})

it('[DOC1, DOC14, DOC25] nodes on one Redis edit, compact and read the same document', async () => {
  await using kept = await stores.Redis!()
  await using cluster = await startTestCluster({ nodes: 2, store: kept.store, implementations: [app()] })
  const editors = await Promise.all(
    cluster.nodes.map((node, index) => joinNote(node.client({ auth: { user: `user ${index}` } }))),
  )
  await Promise.all(
    editors.map(async (editor, own) => {
      for (let index = 0; index < 60; index++) await editor.type(`${own}`)
    }),
  )
  await openDocument(noteOf(cluster.nodes[1]!.server)).transact((doc) => doc.getText('text').insert(0, 'server '))
  for (const editor of editors)
    await vi.waitFor(() => expect(editor.text.toJSON()).toHaveLength(127), { timeout: 10_000 })
  expect(editors[0]!.text.toJSON()).toBe(editors[1]!.text.toJSON())
  for (const node of cluster.nodes) {
    expect(await openDocument(noteOf(node.server)).read((doc) => doc.getText('text').toJSON())).toBe(
      editors[0]!.text.toJSON(),
    )
    expect(faultsOf(node.errors)).toEqual([])
  }
  // The last compaction may be under way.
  await expect.poll(async () => (await entriesOf(cluster.nodes[0]!.server)).length).toBeLessThan(60)
})
