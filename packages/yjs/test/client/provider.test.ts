import { startTestServer, type TestServer, type TestUser } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { eventually } from './fixtures/eventually.ts'
import * as Y from 'yjs'
import { notesApp } from '../server/fixtures/notes.ts'
import { openNote } from './fixtures/open-note.ts'

const start = () => startTestServer({ implementations: [notesApp()] })

function clientOf(server: TestServer<TestUser>, user: string) {
  return server.client({ auth: { user }, reconnect: { minDelayMs: 50, maxDelayMs: 100 } })
}

describe('DocumentProvider', () => {
  it('[DOC100, DOC101] opens the document, and what is edited reaches every replica once it is stored', async () => {
    await using server = await start()
    using ada = openNote(clientOf(server, 'ada'))
    expect([ada.provider.status, ada.provider.synced]).toEqual(['connecting', false])
    await ada.provider.whenSynced
    expect([ada.provider.status, ada.provider.synced]).toEqual(['connected', true])
    const counts: number[] = []
    ada.provider.on('unsaved', (count) => counts.push(count))
    ada.type('hello')
    expect(ada.provider.unsaved).toBe(1)
    await eventually(() => expect(ada.provider.unsaved).toBe(0))
    expect(counts).toEqual([1, 0])
    using ben = openNote(clientOf(server, 'ben'))
    await ben.provider.whenSynced
    expect(ben.text.toJSON()).toBe('hello')
    ben.type(' world')
    await eventually(() => expect(ada.text.toJSON()).toBe('hello world'))
    expect([...ada.errors, ...ben.errors, ...server.errors]).toEqual([])
  })

  it('[DOC102] what is edited while an update is under way is one update after it', async () => {
    await using server = await start()
    using ada = openNote(clientOf(server, 'ada'))
    using ben = openNote(clientOf(server, 'ben'))
    await Promise.all([ada.provider.whenSynced, ben.provider.whenSynced])
    let heard = 0
    ben.doc.on('update', () => (heard += 1))
    for (let at = 0; at < 50; at += 1) ada.type('x')
    expect(ada.provider.unsaved).toBe(50)
    await eventually(() => expect(ben.text.toJSON()).toBe('x'.repeat(50)))
    expect(heard).toBe(2)
  })

  it('[DOC120] undo takes back what was done here, and nothing that came', async () => {
    await using server = await start()
    using ada = openNote(clientOf(server, 'ada'))
    using ben = openNote(clientOf(server, 'ben'))
    await Promise.all([ada.provider.whenSynced, ben.provider.whenSynced])
    const origins: unknown[] = []
    ada.doc.on('update', (_update, origin) => origins.push(origin))
    const undo = new Y.UndoManager(ada.text)
    ada.type('one')
    await eventually(() => expect(ben.text.toJSON()).toBe('one'))
    ben.type('two')
    await eventually(() => expect(ada.text.toJSON()).toBe('onetwo'))
    expect(origins).toEqual([null, ada.provider])
    undo.undo()
    expect(ada.text.toJSON()).toBe('two')
    await eventually(() => expect(ben.text.toJSON()).toBe('two'))
    expect(undo.undoStack).toEqual([])
    undo.destroy()
  })

  it('[DOC119] a room has one provider at a time', async () => {
    await using server = await start()
    const client = clientOf(server, 'ada')
    const first = openNote(client)
    expect(() => openNote(client)).toThrow('this document has a provider already; use it, or destroy it first')
    using other = openNote(client, { noteId: 'two' })
    await other.provider.whenSynced
    first[Symbol.dispose]()
    using second = openNote(client)
    await second.provider.whenSynced
  })

  it('[DOC100, DOC118] ends with the document, or with destroy, and leaves nothing behind', async () => {
    await using server = await start()
    using ben = openNote(clientOf(server, 'ben'))
    const ada = openNote(clientOf(server, 'ada'))
    await Promise.all([ada.provider.whenSynced, ben.provider.whenSynced])
    const { clientID } = ada.doc
    await eventually(() => expect(ben.provider.awareness.getStates().has(clientID)).toBe(true))
    const statuses: string[] = []
    ada.provider.on('status', ({ status }) => statuses.push(status))
    const { awareness } = ada.provider
    ada.doc.destroy()
    expect(statuses).toEqual(['disconnected'])
    expect([ada.provider.synced, awareness.getStates().size]).toEqual([false, 0])
    await eventually(() => expect(ben.provider.awareness.getStates().has(clientID)).toBe(false))
    ada.type('after')
    expect(ada.provider.unsaved).toBe(0)
    await expect(ada.provider.whenSynced).rejects.toMatchObject({ code: 'DISCONNECTED' })
    ada.provider.connect()
    expect(ada.provider.status).toBe('disconnected')
    expect(ben.text.toJSON()).toBe('')
  })

  it('[DOC100] whenSynced rejects where the provider is destroyed before', async () => {
    await using server = await start()
    using ada = openNote(clientOf(server, 'ada'), { connect: false })
    const synced = ada.provider.whenSynced
    ada.provider.destroy()
    await expect(synced).rejects.toMatchObject({ code: 'DISCONNECTED' })
  })

  it('[DOC124] leaves with disconnect; connect sends what was edited meanwhile', async () => {
    await using server = await start()
    using ada = openNote(clientOf(server, 'ada'), { connect: false })
    using ben = openNote(clientOf(server, 'ben'))
    expect(ada.provider.status).toBe('disconnected')
    ada.type('before ')
    ada.provider.connect()
    await ada.provider.whenSynced
    await eventually(() => expect(ben.text.toJSON()).toBe('before '))
    ada.provider.disconnect()
    expect([ada.provider.status, ada.provider.synced]).toEqual(['disconnected', false])
    ada.type('offline ')
    ben.type('online ')
    ada.provider.connect()
    await eventually(() => expect([ada.text.toJSON(), ada.provider.unsaved]).toEqual([ben.text.toJSON(), 0]))
    expect(ada.text.toJSON()).toMatch(/^before (offline online |online offline )$/)
  })

  it('[DOC125] a listener that throws is reported and disturbs nothing', async () => {
    await using server = await start()
    using ada = openNote(clientOf(server, 'ada'))
    ada.provider.on('status', () => {
      throw new Error('mine')
    })
    await ada.provider.whenSynced
    expect(ada.errors).toEqual([new Error('mine')])
  })
})
