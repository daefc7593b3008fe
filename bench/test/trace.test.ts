import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { applyUpdate, Doc } from 'yjs'
import { Author, template, textName } from '../documents/authors.ts'
import { editedDocument } from '../documents/edited-document.ts'
import { parseTrace, readTrace } from '../documents/read-trace.ts'
import { textDigest } from '../documents/text-digest.ts'
import { syntheticTrace, type Edit } from '../documents/trace.ts'
import { readUpdates, writeUpdates } from '../documents/updates-file.ts'

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  onTestFinished(() => rm(made, { recursive: true }))
  return made
}

/** Without Yjs. */
function textOf(edits: Iterable<Edit>): string {
  let text = ''
  for (const { at, remove, insert } of edits) text = text.slice(0, at) + insert + text.slice(at + remove)
  return text
}

test('a synthetic trace is the same for the same seed, and another one for another', () => {
  const [first, again, other] = [1, 1, 2].map((seed) => [...syntheticTrace(2_000, seed)])
  expect(again).toEqual(first)
  expect(other).not.toEqual(first)
  expect(first).toHaveLength(2_000)
})

test('a synthetic trace types, deletes and moves the caret, by several authors, as people do', () => {
  const edits = [...syntheticTrace(50_000, 1)]
  const deletions = edits.filter(({ remove }) => remove > 0).length
  expect(deletions / edits.length).toBeGreaterThan(0.25)
  expect(deletions / edits.length).toBeLessThan(0.35)
  expect(new Set(edits.map(({ author }) => author)).size).toBe(5)
})

test('a replayed trace is the document that the edits make', async () => {
  const edits = [...syntheticTrace(25_000, 3)]
  const { updates, digest, ...replayed } = editedDocument(edits)
  expect([replayed.edits, updates.length]).toEqual([25_000, 3])
  const file = join(await folder(), 'updates')
  await writeUpdates(file, updates)
  const doc = new Doc()
  for (const update of await readUpdates(file)) applyUpdate(doc, update)
  expect(doc.getText(textName).toJSON()).toBe(textOf(edits))
  expect(textDigest(doc)).toBe(digest)
})

test.each([
  [
    'an array of edits',
    [
      [0, 0, 'a', 'b'],
      [1, 1],
      [1, 0, 'c'],
    ],
  ],
  [
    'an object with edits',
    {
      finalText: 'ac',
      edits: [
        [0, 0, 'ab'],
        [1, 1],
        [1, 0, 'c'],
      ],
    },
  ],
  [
    'transactions of patches',
    {
      txns: [
        { patches: [[0, 0, 'ab']] },
        {
          patches: [
            [1, 1, ''],
            [1, 0, 'c'],
          ],
        },
      ],
    },
  ],
])('a recorded trace is read: %s', async (_, trace) => {
  const file = join(await folder(), 'trace.json')
  await writeFile(file, JSON.stringify(trace))
  const edits = await readTrace(file)
  expect([edits.length, textOf(edits)]).toEqual([3, 'ac'])
  await writeFile(file, gzipSync(JSON.stringify(trace)))
  expect(await readTrace(file)).toEqual(edits)
})

test.each([
  [
    [
      [0, 0, 'a'],
      [2, 0, 'b'],
    ],
    'edit 1 of the trace reaches beyond the 1 units before it',
  ],
  [[[0, -1, 'a']], 'edit 0 of the trace reaches beyond'],
  [[{ at: 0 }], 'edit 0 of the trace is no array'],
  [{ text: '' }, 'neither edits nor txns'],
])('a trace that is none is refused: %j', (trace, message) => {
  expect(() => parseTrace(trace)).toThrow(message)
})

test('authors type what anybody can apply who has the template, whatever the others do', () => {
  const base = template(3)
  const authors = [0, 1, 2].map((index) => new Author(index, base))
  const typed = authors.map((author) => Array.from({ length: 150 }, () => author.type()))
  const docs = [typed, typed.toReversed()].map((updates) => {
    const doc = new Doc()
    for (const update of [base, ...updates.flat()]) applyUpdate(doc, update)
    expect(doc.store.pendingStructs).toBeNull()
    return doc
  })
  expect(docs[0]!.getText(textName).length).toBe(3 * 201 + 450)
  expect(textDigest(docs[0]!)).toBe(textDigest(docs[1]!))
  expect([0, 1, 2].map((index) => new Author(index, base).type())).toEqual(typed.map(([first]) => first))
})
