import { startTestCluster, startTestServer } from '@millrace/testing'
import { openDocument } from '@millrace/yjs/server'
import { expect, it } from 'vitest'
import { overlappingPlaces } from '../attacks/overlapping-places.ts'
import { connectAttacker, refusalOf } from '../attacks/raw-attacker.ts'
import { otherSplits, splitValue } from '../attacks/split-value.ts'
import { text, updateBytes } from '../attacks/update-bytes.ts'
import { notesApp } from './fixtures/notes.ts'
import { joinNote } from './fixtures/raw-editor.ts'
import { noteOf } from './fixtures/stored.ts'

const refused = { code: 'INVALID_INPUT' }

it('[DOC74] a value of a map that came by another node is not split', async () => {
  await using cluster = await startTestCluster({ nodes: 2, implementations: [notesApp()] })
  const [one, two] = cluster.nodes
  await using eve = await connectAttacker(one!.url, 'eve')
  await using mallory = await connectAttacker(two!.url, 'mallory')
  await eve.join({ clientId: 666, state: null })
  // The second node has measured: from now on it counts.
  const ada = await joinNote(two!.client({ auth: { user: 'ada' } }))
  await ada.type('begins')
  expect(await eve.send(splitValue[0])).toMatchObject({ ok: true })
  await mallory.join({ clientId: 5, state: null })
  expect(refusalOf(await mallory.send(otherSplits[1]!))).toMatchObject(refused)
  expect(await mallory.send(splitValue[2])).toMatchObject({ ok: true })
})

it('[DOC75] places that overlap are refused over any number of updates, and everybody else goes on', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  await ada.type('begins, ')
  await using eve = await connectAttacker(server.url, 'eve')
  await eve.join({ clientId: 666, state: null })
  const answers = []
  for (const update of overlappingPlaces(666, 3_000, 250)) answers.push(await eve.send(update))
  const taken = answers.findIndex(({ ok }) => !ok)
  expect(taken).toBeGreaterThan(3)
  expect(refusalOf(answers[taken]!)).toMatchObject(refused)
  // Where it is measured anew, too.
  await openDocument(noteOf(server.server)).import(overlappingPlaces(7, 100, 100)[0]!)
  const rest = overlappingPlaces(666, 3_000, 250)[taken]!
  expect(refusalOf(await eve.send(rest))).toMatchObject(refused)
  await ada.type('and goes on')
  const reader = await joinNote(server.client({ auth: { user: 'carol' } }))
  await reader.open()
  expect(reader.text.toJSON().replaceAll('x', '')).toBe('begins, and goes on')
})

it('[DOC75] where a document is beyond the limit, others still bring much that looks at little, and nobody little that looks at much', async () => {
  await using server = await startTestServer({ implementations: [notesApp()] })
  const [letters, ...overlapping] = overlappingPlaces(666, 4_000, 1_000)
  await using eve = await connectAttacker(server.url, 'eve')
  await eve.join({ clientId: 666, state: null })
  expect(await eve.send(letters!)).toMatchObject({ ok: true })
  // Past the guard, as by several nodes at the same moment.
  for (const update of overlapping) await noteOf(server.server).publish('update', update)
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  await ada.open()
  const update = ada.edit((doc) => {
    const text = doc.getText('text')
    for (let word = 0; word < 30; word++) text.insert(text.length, 'word ', { bold: word % 2 === 0 })
  })
  await ada.send(update)
  const few = text('y', { rightOrigin: { client: 666, clock: 3_999 } })
  const more = updateBytes([{ client: 666, clock: 8_000, structs: [few] }])
  expect(refusalOf(await eve.send(more))).toMatchObject(refused)
})
