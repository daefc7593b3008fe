import type { Entry } from '@millrace/server'
import { describe, expect, it } from 'vitest'
import type { CreateStoreFixture } from '../store-fixture.ts'
import { appendOf, readAll } from './log-fixtures.ts'

/** Bytes of one entry; a document's largest updates are as large. */
const size = 4_000_000

/** No two of them are equal, and none repeats itself. */
function bytesOf(seed: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => (Math.imul(index + seed, 2_654_435_761) >>> 24) & 255)
}

/** Entries far above what events hold pass every way through a store. */
export function largeEntriesSuite(name: string, createFixture: CreateStoreFixture): void {
  describe(`large entries: ${name}`, () => {
    it('[KPT60] are appended, heard on every node, read page by page and trimmed', async () => {
      await using fixture = await createFixture()
      const nodes = [await fixture.open(), await fixture.open()]
      const heard: Entry[][] = [[], []]
      for (const [index, { log }] of nodes.entries())
        await log.subscribe('page', { entries: (entries) => heard[index]?.push(...entries) })
      const [first, second] = nodes.map(({ log }) => log)
      if (first === undefined || second === undefined) throw new Error('two nodes were opened')
      const history = { maxEvents: Infinity, maxBytes: Infinity, ttlSeconds: Infinity }
      const payloads = [1, 2, 3].map(bytesOf)
      for (const payload of payloads) await first.append('page', appendOf(payload, { history }))
      await fixture.settle()
      const read: Entry[] = []
      for (let more = true; more;) {
        const page = await readAll(second, 'page', { position: read.at(-1) ?? null, maxBytes: size })
        if (page.kind === 'gap') throw new Error(`expected a page, got the gap ${page.reason}`)
        expect(page.entries).toHaveLength(1)
        read.push(...page.entries)
        more = page.more
      }
      for (const entries of [read, ...heard]) {
        expect(entries.map(({ offset }) => offset)).toEqual([1, 2, 3])
        for (const [index, { payload }] of entries.entries())
          expect(Buffer.compare(Buffer.from(payload), payloads[index] ?? Buffer.alloc(0))).toBe(0)
      }
      await second.trim('page', read[1] as Entry)
      expect(await readAll(first, 'page')).toMatchObject({ entries: [{ offset: 3 }], more: false })
    })
  })
}
