import { memory } from '@millrace/server'
import { manualClock, seededRandom, startTestServer } from '@millrace/testing'
import { describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { defaultPlan } from '../../src/server/live-document.ts'
import { withVersion } from '../../src/server/version-limits.ts'
import type { Version } from '../../src/server/version-index.ts'
import { Versions } from '../../src/server/versions.ts'
import { notesApp } from './fixtures/notes.ts'
import { joinNote } from './fixtures/raw-editor.ts'
import { noteOf, textOf } from './fixtures/stored.ts'

// A thread starts from source, which takes seconds where the machine has much to do.
vi.setConfig({ testTimeout: 30_000 })

it('[DOC22] writers save, rename and remove versions, and everybody lists and reads them', async () => {
  const app = notesApp({ permissionOf: (userId) => (userId === 'ada' ? 'write' : 'read') })
  await using server = await startTestServer({ implementations: [app] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  const ben = await joinNote(server.client({ auth: { user: 'ben' } }))
  const told = vi.fn<() => void>()
  ben.room.on('versions', told)
  await ada.type('first')
  const first = await ada.room.request('version.save', { name: 'draft' })
  expect(first).toMatchObject({ kind: 'named', name: 'draft', by: 'ada' })
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1))
  await ada.type(' second')
  const second = await ada.room.request('version.save', { name: 'later' })
  expect((await ben.room.request('version.list', {})).versions).toEqual([second, first])
  expect(textOf([(await ben.room.request('version.read', { id: first.id })).update])).toBe('first')
  expect(await ada.room.request('version.rename', { id: first.id, name: 'begun' })).toEqual({ ...first, name: 'begun' })
  await ada.room.request('version.remove', { id: second.id })
  expect((await ben.room.request('version.list', {})).versions).toEqual([{ ...first, name: 'begun' }])
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(4))
  for (const name of ['version.read', 'version.remove', 'version.restore'] as const)
    await expect(ada.room.request(name, { id: second.id })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  const blobs = await noteOf(server.server).storage.blobs.list('version/')
  expect(blobs.map(({ name }) => name)).toEqual([`version/${first.id}`])
})

it('[DOC23] restoring is an edit for everybody, and keeps what it was before', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  const ben = await joinNote(server.client({ auth: { user: 'ben' } }))
  await ada.type('as it was')
  const { id } = await ada.room.request('version.save', { name: 'good' })
  await vi.waitFor(() => expect(ben.text.toJSON()).toBe('as it was'))
  await ben.send(ben.edit((doc) => doc.getText('text').delete(0, 9)))
  await ben.type('broken')
  await vi.waitFor(() => expect(ada.text.toJSON()).toBe('broken'))
  await ada.room.request('version.restore', { id })
  await vi.waitFor(() => expect([ada.text.toJSON(), ben.text.toJSON()]).toEqual(['as it was', 'as it was']))
  await ben.type(', and on')
  await ada.room.request('version.restore', { id })
  await vi.waitFor(() => expect(ada.text.toJSON()).toBe('as it was'))
  const { versions } = await ada.room.request('version.list', {})
  expect(versions.map(({ kind }) => kind)).toEqual(['automatic', 'automatic', 'named'])
  const kept = await ada.room.request('version.read', { id: versions[1]!.id })
  expect(textOf([kept.update])).toBe('broken')
})

describe('automatic versions', () => {
  it('[DOC21] are kept by compacting, ten minutes apart, also after a restart', async () => {
    await using server = await startTestServer({ store: memory(), implementations: [notesApp()] })
    const clock = manualClock()
    const parts = { room: noteOf(server.server), plan: defaultPlan, clock, random: seededRandom(1) }
    const update = Y.encodeStateAsUpdate(new Y.Doc())
    let versions = new Versions(parts)
    const atOf = async () => (await versions.list()).map(({ at }) => at - clock.now())
    await versions.keepWhereDue(update)
    clock.advance(9 * 60_000)
    await versions.keepWhereDue(update)
    versions = new Versions(parts)
    await versions.keepWhereDue(update)
    expect(await atOf()).toEqual([-9 * 60_000])
    clock.advance(60_000)
    await versions.keepWhereDue(update)
    expect(await atOf()).toEqual([0, -10 * 60_000])
  })

  it('[DOC21] are kept while a document is edited', async () => {
    await using server = await startTestServer({ implementations: [notesApp({ plan: { compactEntries: 5 } })] })
    const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
    for (let index = 0; index < 20; index++) await ada.type('x')
    await vi.waitFor(async () =>
      expect((await ada.room.request('version.list', {})).versions).toMatchObject([{ kind: 'automatic', by: null }]),
    )
    const [version] = (await ada.room.request('version.list', {})).versions
    expect(await ada.room.request('version.rename', { id: version!.id, name: 'kept' })).toMatchObject({ kind: 'named' })
  })

  it('[DOC12, DOC21] are left out where named ones take all the room, so that compacting goes on', async () => {
    await using server = await startTestServer({ implementations: [notesApp()] })
    const clock = manualClock()
    const room = noteOf(server.server)
    const versions = new Versions({ room, plan: defaultPlan, clock, random: seededRandom(1) })
    for (let index = 0; index < 8; index++) await versions.save(new Uint8Array(1_000_000), 'named', null)
    await versions.keepWhereDue(new Uint8Array(10))
    const [oldest] = (await versions.list()).slice(-1)
    await versions.remove(oldest!.id)
    expect(await versions.list()).toHaveLength(7)
    clock.advance(10 * 60_000)
    await versions.keepWhereDue(new Uint8Array(10))
    expect((await versions.list()).map(({ kind }) => kind)).toContain('automatic')
  })

  it('[DOC22] leave nothing behind where others take the last room at the same time', async () => {
    await using server = await startTestServer({ implementations: [notesApp()] })
    const room = noteOf(server.server)
    const parts = { room, plan: defaultPlan, clock: manualClock(), random: seededRandom(1) }
    const saved = Array.from({ length: 12 }, () => new Versions(parts).save(new Uint8Array(1_000_000), 'one', null))
    const isSaved = (await Promise.allSettled(saved)).filter(({ status }) => status === 'fulfilled')
    expect(isSaved.length).toBeGreaterThan(0)
    expect(await room.storage.blobs.list('version/')).toHaveLength(isSaved.length)
  })

  const made = (kind: Version['kind'], at: number, byteLength = 10): Version => ({
    id: `${kind} ${at}`,
    kind,
    name: '',
    at,
    by: null,
    byteLength,
  })

  it('[DOC21, DOC22] make room for others, named ones are refused', () => {
    const automatic = Array.from({ length: 100 }, (_, at) => made('automatic', at))
    const named = Array.from({ length: 200 }, (_, at) => made('named', at))
    const overloaded = expect.objectContaining({ code: 'OVERLOADED' })
    const kept = withVersion([...automatic, ...named], made('automatic', 1_000), 1_000_000)
    expect(kept).toHaveLength(300)
    expect(kept[0]).toEqual(automatic[1])
    expect(() => withVersion(named, made('named', 1_000), 1_000_000)).toThrow(overloaded)
    // 8 documents' bytes together
    expect(withVersion([made('automatic', 1, 500), made('named', 2, 200)], made('named', 3, 200), 100)).toHaveLength(2)
    expect(() => withVersion([made('named', 2, 700)], made('named', 3, 200), 100)).toThrow(overloaded)
  })
})
