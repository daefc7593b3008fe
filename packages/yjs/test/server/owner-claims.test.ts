import { memory } from '@millrace/server'
import { startTestCluster, startTestServer } from '@millrace/testing'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { notesApp } from './fixtures/notes.ts'
import { joinNote } from './fixtures/raw-editor.ts'
import { documentOf, entriesOf, noteOf } from './fixtures/stored.ts'

const forbidden = { code: 'FORBIDDEN' }

it("[DOC10] nobody writes under another user's client id, on no node and after a restart", async () => {
  const store = memory()
  const open = () => startTestCluster({ nodes: 2, store, implementations: [notesApp()] })
  {
    await using cluster = await open()
    const [one, two] = cluster.nodes
    const ada = await joinNote(one!.client({ auth: { user: 'ada' } }), 'one', 7)
    await ada.type('mine')
    for (const node of [one, two]) {
      const eve = await joinNote(node!.client({ auth: { user: 'eve' } }))
      await eve.open()
      eve.doc.clientID = 7
      await expect(eve.type(' stolen')).rejects.toMatchObject(forbidden)
    }
    const again = await joinNote(two!.client({ auth: { user: 'ada' } }), 'one', 7)
    await again.open()
    await again.type(' still')
    expect(await entriesOf(one!.server)).toHaveLength(2)
  }
  await using cluster = await open()
  const eve = await joinNote(cluster.nodes[0]!.client({ auth: { user: 'eve' } }))
  await eve.open()
  eve.doc.clientID = 7
  await expect(eve.type(' stolen')).rejects.toMatchObject(forbidden)
})

it('[DOC10] of users who claim the same id on two nodes at once one gets it', async () => {
  await using cluster = await startTestCluster({ nodes: 2, implementations: [notesApp()] })
  for (let round = 0; round < 10; round++) {
    const noteId = `note ${round}`
    const users = await Promise.all(
      cluster.nodes.map((node, index) => joinNote(node.client({ auth: { user: `user ${index}` } }), noteId)),
    )
    for (const user of users) user.doc.clientID = 1_000 + round
    const settled = await Promise.allSettled(users.map((user, index) => user.type(`from ${index}`)))
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const [entry, ...others] = await entriesOf(cluster.nodes[0]!.server, noteId)
    expect(others).toEqual([])
    const winner = settled.findIndex(({ status }) => status === 'fulfilled')
    expect(entry!.from).toBe(`user ${winner}`)
    expect(settled[1 - winner]).toMatchObject({ reason: forbidden })
  }
})

it('[DOC10] many users who begin at once all get their ids', async () => {
  await using cluster = await startTestCluster({ nodes: 2, implementations: [notesApp()] })
  const editors = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      joinNote(cluster.nodes[index % 2]!.client({ auth: { user: `user ${index}` } })),
    ),
  )
  await Promise.all(editors.map((editor, index) => editor.type(`${index} `)))
  const blob = await noteOf(cluster.nodes[0]!.server).storage.blobs.read('owners')
  for (let index = 0; index < 12; index++) expect(new TextDecoder().decode(blob!.bytes)).toContain(`user ${index}`)
  expect(await entriesOf(cluster.nodes[0]!.server)).toHaveLength(12)
})

it("[DOC11] nobody shows presence under another user's client id", async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }), 'one', 7)
  await expect(joinNote(server.client({ auth: { user: 'eve' } }), 'one', 7)).rejects.toMatchObject(forbidden)
  const eve = await joinNote(server.client({ auth: { user: 'eve' } }), 'one', 8)
  await expect(eve.room.presence.set({ clientId: 7, state: { cursor: 1 } })).rejects.toMatchObject(forbidden)
  await eve.room.presence.set({ clientId: 9, state: { cursor: 1 } })
  const shown = ada.room.presence.members().flatMap(({ metas }) => metas.map(({ state }) => state.clientId))
  expect(shown).not.toContain(undefined)
  // An id that was shown is as taken as one that wrote.
  ada.doc.clientID = 9
  await expect(ada.type('!')).rejects.toMatchObject(forbidden)
  expect(Y.encodeStateVector(ada.doc)).not.toEqual(new Uint8Array([0]))
})

it('[DOC10] claims of one user keep others waiting for one at most', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const { owners, open } = documentOf(server)
  await open.open()
  const order: string[] = []
  const claim = async (user: string, client: number) => {
    await owners.claim(user, [client])
    order.push(user)
  }
  const flood = Array.from({ length: 50 }, (_, index) => claim('eve', 100 + index))
  await Promise.all([...flood, claim('ada', 7)])
  expect(order.indexOf('ada')).toBeLessThan(3)
  expect(order).toHaveLength(51)
})
