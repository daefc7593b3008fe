import { startTestCluster, startTestServer } from '@millrace/testing'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { notesApp } from '../server/fixtures/notes.ts'
import { joinNote } from '../server/fixtures/raw-editor.ts'
import { deepTypes } from './deep-types.ts'
import { connectAttacker, refusalOf } from './raw-attacker.ts'
import { type, updateBytes } from './update-bytes.ts'

const innermost = (client: number, clock: number) => ({ parent: { client, clock }, key: 'a' })

it('[DOC69] levels that came by another node count', async () => {
  await using cluster = await startTestCluster({ nodes: 2, implementations: [notesApp()] })
  const [one, two] = cluster.nodes
  await using eve = await connectAttacker(one!.url, 'eve')
  await using mallory = await connectAttacker(two!.url, 'mallory')
  await eve.join({ clientId: 666, state: null })
  await mallory.join({ clientId: 667, state: null })
  // This node has measured: from now on it counts.
  expect(
    await mallory.send(updateBytes([{ client: 667, clock: 0, structs: [type(1, { parent: 'map', key: 'b' })] }])),
  ).toMatchObject({ ok: true })
  for (const update of deepTypes(666, 450).slice(0, 3)) expect(await eve.send(update)).toMatchObject({ ok: true })
  const under = updateBytes([{ client: 667, clock: 1, structs: [type(1, innermost(666, 449))] }])
  expect(await mallory.send(under)).toMatchObject({ ok: true })
  const chain = Array.from({ length: 60 }, (_, index) => type(1, innermost(667, 1 + index)))
  const deeper = updateBytes([{ client: 667, clock: 2, structs: chain }])
  expect(refusalOf(await mallory.send(deeper))).toMatchObject({ code: 'INVALID_INPUT' })
})

it('[DOC69] a document that grows in breadth is measured again, and grows on', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  const list = ada.doc.getArray('list')
  for (let index = 0; index < 300; index++)
    await ada.send(ada.edit(() => list.push([new Y.Map([['in', new Y.Map([['in', index]])]])])))
  await using eve = await connectAttacker(server.url, 'eve')
  await eve.join({ clientId: 666, state: null })
  const answers = []
  for (const update of deepTypes(666, 600)) answers.push(await eve.send(update))
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, false, true])
  expect(refusalOf(answers[3]!)).toMatchObject({ code: 'INVALID_INPUT' })
  await ada.send(ada.edit(() => list.push([new Y.Map()])))
})
