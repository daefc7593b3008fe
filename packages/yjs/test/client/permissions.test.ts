import type { Permission } from '@millrace/yjs/server'
import { describe, expect, it } from 'vitest'
import { eventually } from './fixtures/eventually.ts'
import * as Y from 'yjs'
import { notes } from '../server/fixtures/notes.ts'
import { openSite } from './fixtures/note-site.ts'
import { openNote } from './fixtures/open-note.ts'

describe('permissions', () => {
  it('[DOC112] what is edited in a document that one may only read stays local, and is told', async () => {
    await using site = await openSite({ permissionOf: (user) => (user === 'ada' ? 'read' : 'write') })
    const ada = openNote(site.client('ada'))
    const ben = openNote(site.client('ben'))
    const told: unknown[] = []
    ada.provider.on('access', (canWrite) => told.push(canWrite))
    ada.provider.on('refused', ({ error }) => told.push(error.code))
    await Promise.all([ada.provider.whenSynced, ben.provider.whenSynced])
    expect([ada.provider.canWrite, ben.provider.canWrite]).toEqual([false, true])
    let sent = 0
    site.faults.before = (user) => {
      if (user === 'ada') sent += 1
    }
    ada.type('mine ')
    ada.type('too ')
    ben.type('all ')
    await eventually(() => expect(ada.text.toJSON()).toContain('all '))
    expect(told).toEqual([false, 'FORBIDDEN'])
    expect([sent, ada.provider.unsaved, ben.text.toJSON()]).toEqual([0, 2, 'all '])
  })

  it('[DOC113] who is removed joins again with what it may do then; edits that waited for it are sent', async () => {
    let permission: Permission = 'read'
    await using site = await openSite({ permissionOf: (user) => (user === 'ada' ? permission : 'write') })
    const ada = openNote(site.client('ada'))
    const ben = openNote(site.client('ben'))
    await Promise.all([ada.provider.whenSynced, ben.provider.whenSynced])
    ada.type('wanted')
    const statuses: string[] = []
    ada.provider.on('status', ({ status }) => statuses.push(status))
    permission = 'write'
    site.server.server.room(notes, 'note', { noteId: 'one' }).kick({ userId: 'ada' })
    await eventually(() => expect(ben.text.toJSON()).toBe('wanted'))
    expect([ada.provider.canWrite, statuses]).toEqual([true, ['connecting', 'connected']])
  })

  it('[DOC113] who may write since the connection broke learns it when it recovers', async () => {
    let permission: Permission = 'read'
    await using site = await openSite({ permissionOf: (user) => (user === 'ada' ? permission : 'write') })
    const client = site.client('ada')
    const room = client.use(notes).room('note', { noteId: 'one' })
    const ada = openNote(client, { room })
    const ben = openNote(site.client('ben', 'direct'))
    await Promise.all([ada.provider.whenSynced, ben.provider.whenSynced])
    ada.type('wanted')
    const recovered: boolean[] = []
    room.on('joined', (again) => void recovered.push(again.recovered))
    site.cut()
    await eventually(() => expect(ada.provider.status).toBe('connecting'))
    permission = 'write'
    site.mend()
    await eventually(() => expect(ben.text.toJSON()).toBe('wanted'))
    expect([ada.provider.canWrite, recovered]).toEqual([true, [true]])
  })

  it('[DOC115] who may not even read it is told, and is out until connect()', async () => {
    let permission: Permission | false = false
    await using site = await openSite({ permissionOf: () => permission })
    const ada = openNote(site.client('ada'), { connect: false })
    const ended: string[] = []
    ada.provider.on('ended', ({ code }) => ended.push(code))
    ada.provider.connect()
    await eventually(() => expect([ended, ada.provider.status]).toEqual([['FORBIDDEN'], 'disconnected']))
    permission = 'write'
    ada.provider.connect()
    await ada.provider.whenSynced
    permission = false
    site.server.server.room(notes, 'note', { noteId: 'one' }).kick({ userId: 'ada' })
    await eventually(() => expect([ended, ada.provider.status]).toEqual([['FORBIDDEN', 'FORBIDDEN'], 'disconnected']))
  })
})

describe('client ids', () => {
  it('[DOC111] one that is somebody else’s is exchanged before anything is written under it', async () => {
    await using site = await openSite()
    const ben = openNote(site.client('ben'))
    await ben.provider.whenSynced
    const doc = new Y.Doc()
    doc.clientID = ben.doc.clientID
    const ada = openNote(site.client('ada'), { doc })
    await ada.provider.whenSynced
    expect(doc.clientID).not.toBe(ben.doc.clientID)
    expect(ada.provider.awareness.clientID).toBe(doc.clientID)
    ada.type('hello')
    await eventually(() => expect(ben.text.toJSON()).toBe('hello'))
  })

  it('[DOC111] edits under one that became somebody else’s are given under others, for a document that starts anew', async () => {
    await using site = await openSite()
    const ada = openNote(site.client('ada'))
    const ben = openNote(site.client('ben'))
    await Promise.all([ada.provider.whenSynced, ben.provider.whenSynced])
    ada.type('stored ')
    await eventually(() => expect(ben.text.toJSON()).toBe('stored '))
    ada.provider.disconnect()
    ada.type('unsent ')
    site.cut()
    await eventually(() => expect(ben.provider.status).toBe('connecting'))
    await site.restart()
    site.mend()
    // ben brings back what he has, and with it the id under which ada wrote it.
    await eventually(() => expect([ben.provider.synced, ben.provider.unsaved]).toEqual([true, 0]))
    const refusals: string[] = []
    ada.provider.on('refused', ({ error }) => refusals.push(error.code))
    ada.provider.connect()
    await eventually(() => expect(refusals).toEqual(['FORBIDDEN']))
    expect([ada.text.toJSON(), ada.provider.canWrite]).toEqual(['stored unsent ', true])
    const edits = await ada.provider.rescue()
    ada[Symbol.dispose]()
    const again = openNote(site.client('ada'))
    await again.provider.whenSynced
    Y.applyUpdate(again.doc, edits!)
    await eventually(() => expect(ben.text.toJSON()).toBe('stored unsent '))
    expect([again.text.toJSON(), await again.provider.rescue()]).toEqual(['stored unsent ', undefined])
  })
})
