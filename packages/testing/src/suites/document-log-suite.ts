import type { Position } from '@millrace/contract'
import type { Entry } from '@millrace/server'
import { describe, expect, it } from 'vitest'
import type { CreateStoreFixture } from '../store-fixture.ts'
import { appendOf, readAll } from './log-fixtures.ts'

const endless = { maxEvents: Infinity, maxBytes: Infinity, ttlSeconds: Infinity }

/** Bytes of one entry; a document's largest updates are as large. */
const size = 4_000_000

/** No two of them are equal, and none repeats itself. */
function bytesOf(seed: number): Uint8Array {
  const words = new Uint32Array(size / 4)
  for (let index = 0; index < words.length; index++) words[index] = Math.imul(index + seed, 2_654_435_761)
  return new Uint8Array(words.buffer)
}

/** What documents ask of a log: endless histories that are trimmed, and entries far above what events hold. */
export function documentLogSuite(name: string, createFixture: CreateStoreFixture): void {
  describe(`log of a document: ${name}`, () => {
    it('[KPT61] keeps epoch and top of an endless history for good, also where nothing else is left', async () => {
      await using fixture = await createFixture()
      let store = await fixture.open()
      const last: Position[] = []
      for (const room of ['empty', 'edited']) {
        await store.log.append(room, appendOf('1', { history: endless }))
        last.push((await store.log.append(room, appendOf('2', { history: endless }))).position)
      }
      await store.log.trim('empty', last[0] as Position)
      for (let day = 0; day < 35; day++) {
        fixture.clock.advance(86_400_000)
        await store.log.tails(['elsewhere'])
      }
      await store.close()
      store = await fixture.open()
      expect(await store.log.tails(['empty', 'edited'])).toEqual(last)
      expect(await readAll(store.log, 'edited')).toMatchObject({ entries: [{ payload: '1' }, { payload: '2' }] })
      await store.log.append('empty', appendOf('3', { history: endless }))
      expect(await readAll(store.log, 'empty', { position: last[0] as Position })).toMatchObject({
        entries: [{ offset: 3, prev: last[0]?.id }],
      })
    })

    it('[KPT60] are appended, heard on every node, read page by page and trimmed', async () => {
      await using fixture = await createFixture()
      const nodes = [await fixture.open(), await fixture.open()]
      const heard: Entry[][] = [[], []]
      for (const [index, { log }] of nodes.entries())
        await log.subscribe('page', { entries: (entries) => heard[index]?.push(...entries) })
      const [first, second] = nodes.map(({ log }) => log)
      if (first === undefined || second === undefined) throw new Error('two nodes were opened')
      const payloads = [1, 2, 3].map(bytesOf)
      for (const payload of payloads) await first.append('page', appendOf(payload, { history: endless }))
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
