import { startTestServer, type TestServer, type TestUser } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { notesApp } from '../server/fixtures/notes.ts'
import { joinNote, type RawEditor } from '../server/fixtures/raw-editor.ts'
import { entriesOf } from '../server/fixtures/stored.ts'
import { deepTypes } from './deep-types.ts'
import { endlessMerge } from './endless-merge.ts'
import { forgedUsers } from './forged-users.ts'
import { hiddenUser } from './hidden-user.ts'
import { lostInMerge } from './lost-in-merge.ts'
import { manyClients } from './many-clients.ts'
import { missingDependencies } from './missing-dependencies.ts'
import { connectAttacker, refusalOf, refusalOrEnd, type RawAttacker } from './raw-attacker.ts'
import { overlappingPlaces } from './overlapping-places.ts'
import { otherSplits, splitValue } from './split-value.ts'
import { text, updateBytes } from './update-bytes.ts'
import { vanishingEdits } from './vanishing-edits.ts'

interface Scene extends AsyncDisposable {
  readonly server: TestServer<TestUser>
  readonly victim: RawEditor
  readonly attacker: RawAttacker
  /** Nothing was stored meanwhile, and the next edit of the victim reaches a fresh reader, as does their presence. */
  checkUnharmed(): Promise<void>
  /** The next edit of the victim reaches a fresh reader. */
  checkGoesOn(): Promise<RawEditor>
}

/** Bob has written, Eve is in the room. */
async function scene(): Promise<Scene> {
  const server = await startTestServer<TestUser>({ implementations: [notesApp()] })
  const victim = await joinNote(server.client({ auth: { user: 'bob' } }), 'one', 0xb0bb0b01)
  await victim.room.presence.set({ clientId: victim.doc.clientID, state: { name: 'Bob' } })
  await victim.type('before ')
  const attacker = await connectAttacker(server.url, 'eve')
  expect(await attacker.join({ clientId: 666, state: null })).toMatchObject({ ok: true })
  const checkGoesOn = async () => {
    await victim.type('and after')
    const reader = await joinNote(server.client({ auth: { user: 'carol' } }))
    await reader.open()
    expect(reader.text.toJSON().replaceAll('x', '')).toBe('before and after')
    expect(reader.doc.store.pendingStructs).toBeNull()
    expect(server.errors).toEqual([])
    return reader
  }
  return {
    server,
    victim,
    attacker,
    async checkUnharmed() {
      const stored = await entriesOf(server.server)
      expect(stored.filter(({ from }) => from === 'eve')).toEqual([])
      const reader = await checkGoesOn()
      const bob = reader.room.presence.members().find(({ id }) => id === 'bob')
      expect(bob?.metas.map(({ state }) => state)).toEqual([{ clientId: 0xb0bb0b01, state: { name: 'Bob' } }])
    },
    checkGoesOn,
    async [Symbol.asyncDispose]() {
      await attacker[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

describe('each attack through a socket', () => {
  it('[DOC80] writes nothing under the id of somebody who is offline', async () => {
    await using the = await scene()
    const { clientID } = the.victim.doc
    const clock = the.victim.text.length
    // Written while nothing reaches the server.
    const offline = the.victim.edit((doc) => doc.getText('text').insert(clock, 'offline '))
    expect(refusalOf(await the.attacker.send(vanishingEdits(clientID, clock))).code).toBe('FORBIDDEN')
    const beside = updateBytes([
      { client: 666, clock: 0, structs: [text('mine')] },
      { client: clientID, clock, structs: [text('not mine')] },
    ])
    expect(refusalOf(await the.attacker.send(beside)).code).toBe('FORBIDDEN')
    await the.victim.send(offline)
    const reader = await joinNote(the.server.client({ auth: { user: 'dave' } }))
    await reader.open()
    expect(reader.text.toJSON()).toBe('before offline ')
    await the.victim.send(the.victim.edit((doc) => doc.getText('text').delete(7, 8)))
    await the.checkUnharmed()
  })

  it('[DOC80] writes nothing under an id that was only shown', async () => {
    await using the = await scene()
    const dave = await joinNote(the.server.client({ auth: { user: 'dave' } }), 'one', 77)
    expect(refusalOf(await the.attacker.send(vanishingEdits(77, 0))).code).toBe('FORBIDDEN')
    await dave.type('x')
    expect(await entriesOf(the.server.server)).toHaveLength(2)
  })

  it("[DOC81] hides nobody: presence under another's client id is refused, and clocks are the server's", async () => {
    await using the = await scene()
    const theirs = { clientId: the.victim.doc.clientID, state: null }
    expect(refusalOf(await the.attacker.join(theirs)).code).toBe('FORBIDDEN')
    expect(await the.attacker.join({ clientId: 666, state: null })).toMatchObject({ ok: true })
    expect(refusalOf(await the.attacker.request('~presence', undefined)).code).toBe('INVALID_INPUT')
    expect(refusalOf(await the.attacker.send(hiddenUser(the.victim.doc.clientID))).code).toBe('INVALID_INPUT')
    await the.checkUnharmed()
  })

  it('[DOC82] shows one state of one connection, whatever it says', async () => {
    await using the = await scene()
    const attack = forgedUsers()
    expect(refusalOf(await the.attacker.upload(attack)).code).toBe('INVALID_INPUT')
    const states = Array.from({ length: 4_000 }, (_, clientId) => ({ clientId, state: 1 }))
    for (const presence of [states.slice(0, 100), { clientId: 666, state: states }, { clientId: 2 ** 32, state: null }])
      expect(['INVALID_INPUT', 'PAYLOAD_TOO_LARGE']).toContain(refusalOf(await the.attacker.join(presence)).code)
    for (let clientId = 1_000; clientId < 1_005; clientId++)
      expect(await the.attacker.join({ clientId, state: 1 })).toMatchObject({ ok: true })
    const reader = await joinNote(the.server.client({ auth: { user: 'dave' } }))
    const eve = reader.room.presence.members().filter(({ id }) => id === 'eve')
    expect(eve.map(({ metas }) => metas.length)).toEqual([1])
    await using another = await connectAttacker(the.server.url, 'mallory')
    await another.join({ clientId: 667, state: null })
    expect(['PAYLOAD_TOO_LARGE', 'CLOSED']).toContain(await refusalOrEnd(another.send(attack)))
    await the.checkUnharmed()
  })

  it('[DOC83] merges nothing without an end', async () => {
    await using the = await scene()
    for (const update of endlessMerge) expect(refusalOf(await the.attacker.send(update)).code).toBe('INVALID_INPUT')
    await the.checkUnharmed()
  })

  it('[DOC84] keeps nothing that waits for what is missing', async () => {
    await using the = await scene()
    for (const update of missingDependencies(100)) {
      const refusal = refusalOf(await the.attacker.send(update))
      expect(refusal).toMatchObject({ code: 'INVALID_INPUT', data: { reason: 'missing', known: 0 } })
    }
    await the.checkUnharmed()
  })

  it('[DOC87] nests no types deeper than a stack takes, over any number of updates', async () => {
    await using the = await scene()
    const answers = []
    for (const update of deepTypes(666, 3_000)) answers.push((await the.attacker.send(update)).ok)
    // 450 levels, and at last their deletion.
    expect(answers).toEqual([true, true, true, ...Array.from({ length: 17 }, () => false), true])
    await the.checkGoesOn()
  })

  it('[DOC88] stores nothing that a merge would lose', async () => {
    await using the = await scene()
    expect(refusalOf(await the.attacker.send(lostInMerge)).code).toBe('INVALID_INPUT')
    await the.checkUnharmed()
  })

  it('[DOC89] splits no value of a map', async () => {
    await using the = await scene()
    const [valued, split, deletion] = splitValue
    expect(await the.attacker.send(valued)).toMatchObject({ ok: true })
    for (const update of [split, ...otherSplits])
      expect(refusalOf(await the.attacker.send(update))).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await the.attacker.send(deletion)).toMatchObject({ ok: true })
    await the.checkGoesOn()
  })

  it('[DOC90] lets nobody wait for places that overlap', async () => {
    await using the = await scene()
    const [letters, ...places] = overlappingPlaces(666, 4_000, 4_000)
    expect(await the.attacker.send(letters!)).toMatchObject({ ok: true })
    for (const update of places)
      expect(refusalOf(await the.attacker.upload(update))).toMatchObject({ code: 'INVALID_INPUT' })
    await the.checkGoesOn()
  })

  it('[DOC91] leaves client ids for others, however many one user takes', async () => {
    await using the = await scene()
    const answers = []
    for (let from = 0; from < 18_000; from += 1_000)
      answers.push(await the.attacker.send(manyClients(1_000_000 + from, 1_000)))
    expect(answers.findIndex(({ ok }) => !ok)).toBe(16)
    expect(refusalOf(answers[17]!).code).toBe('PAYLOAD_TOO_LARGE')
    await using again = await connectAttacker(the.server.url, 'eve')
    await again.join({ clientId: 1_015_999, state: null })
    expect(refusalOf(await again.send(manyClients(2_000_000, 500))).code).toBe('PAYLOAD_TOO_LARGE')
    // Under an id that they have they go on.
    expect(await again.send(updateBytes([{ client: 1_015_999, clock: 1, structs: [text('x')] }]))).toMatchObject({
      ok: true,
    })
    for (const user of ['dave', 'erin']) await (await joinNote(the.server.client({ auth: { user } }))).type('x')
    await the.checkGoesOn()
  })
})
