import { describe, expect, it } from 'vitest'
import { maxBlobBytes, maxBlobs, type Blobs } from '@millrace/server'
import type { CreateStoreFixture } from '../store-fixture.ts'
import { appendAll } from './log-fixtures.ts'

const dayMs = 86_400_000
const revisionShape = expect.stringMatching(/^[\w-]{11}$/)
const wrongNames = ['', 'a b', 'ä', 'a\n', 'a\0', '*', 'a'.repeat(201)]
const rightNames = ['a', 'A-Z_0.9/x', '.', '/', '..', 'a'.repeat(200), '__proto__', 'constructor']

/** Writes what was not there, and answers its revision. */
async function keep(blobs: Blobs, name: string, bytes: Uint8Array | string, room = 'page'): Promise<string> {
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  const written = await blobs.write(room, { name, bytes: content, replaces: null })
  if (!written.isWritten) throw new Error(`${name} is kept already; take another name`)
  return written.revision
}

async function textOf(blobs: Blobs, name: string, room = 'page'): Promise<string | undefined> {
  const blob = await blobs.read(room, name)
  return blob && new TextDecoder().decode(blob.bytes)
}

async function namesOf(blobs: Blobs, prefix = '', room = 'page'): Promise<readonly string[]> {
  return (await blobs.list(room, prefix)).map(({ name }) => name)
}

/** Every rule of kept bytes (docs/spec/storage.md) as tests of one implementation. */
export function blobsSuite(name: string, createFixture: CreateStoreFixture): void {
  describe(`kept bytes: ${name}`, () => {
    it('[KPT1] are read as they were written, from nothing to large ones', async () => {
      await using fixture = await createFixture()
      const { blobs } = await fixture.open()
      const other = (await fixture.open()).blobs
      const large = new Uint8Array(5_000_000)
      for (let index = 0; index < large.length; index++) large[index] = index * 7 + (index >> 8)
      const contents = [new Uint8Array(0), Uint8Array.from({ length: 256 }, (_, byte) => byte), large]
      for (const [index, bytes] of contents.entries()) {
        const revision = await keep(blobs, `size/${index}`, bytes)
        const read = await other.read('page', `size/${index}`)
        expect({ ...read, bytes: undefined }).toEqual({
          name: `size/${index}`,
          revision,
          at: fixture.clock.now(),
          byteLength: bytes.byteLength,
          bytes: undefined,
        })
        expect(Buffer.from(read?.bytes ?? []).equals(bytes)).toBe(true)
      }
      expect(await blobs.read('page', 'none')).toBeUndefined()
      expect(await blobs.read('other', 'size/0')).toBeUndefined()
    })

    it('[KPT1] belong to the store: who wrote or read them may use the buffer for something else', async () => {
      await using fixture = await createFixture()
      const { blobs } = await fixture.open()
      const pool = new TextEncoder().encode('..kept..')
      const written = blobs.write('page', { name: 'a', bytes: pool.subarray(2, 6), replaces: null })
      await written
      pool.fill(0)
      const read = await blobs.read('page', 'a')
      read?.bytes.fill(0)
      expect(await textOf(blobs, 'a')).toBe('kept')
    })

    it('[KPT2] are replaced only by who names the kept revision', async () => {
      await using fixture = await createFixture()
      const { blobs } = await fixture.open()
      const bytes = new TextEncoder().encode('new')
      const none = { isWritten: false, revision: null }
      expect(await blobs.write('page', { name: 'a', bytes, replaces: 'AAAAAAAAAAA' })).toEqual(none)
      expect(await blobs.read('page', 'a')).toBeUndefined()
      const first = await keep(blobs, 'a', 'old')
      expect(first).toEqual(revisionShape)
      const stale = { isWritten: false, revision: first }
      expect(await blobs.write('page', { name: 'a', bytes, replaces: null })).toEqual(stale)
      expect(await blobs.write('page', { name: 'a', bytes, replaces: 'AAAAAAAAAAA' })).toEqual(stale)
      expect(await textOf(blobs, 'a')).toBe('old')
      const second = await blobs.write('page', { name: 'a', bytes, replaces: first })
      expect(second).toEqual({ isWritten: true, revision: revisionShape })
      expect(second.revision).not.toBe(first)
      const again = { isWritten: false, revision: second.revision }
      expect(await blobs.write('page', { name: 'a', bytes, replaces: first })).toEqual(again)
      expect([await textOf(blobs, 'a'), (await blobs.read('page', 'a'))?.revision]).toEqual(['new', second.revision])
    })

    it('[KPT3] of several who replace the same revision at once, on several nodes, one writes', async () => {
      await using fixture = await createFixture()
      const nodes = [(await fixture.open()).blobs, (await fixture.open()).blobs]
      let replaces: string | null = null
      for (let round = 0; round < 10; round++) {
        const writes = Array.from({ length: 6 }, async (_, writer) => {
          const bytes = new TextEncoder().encode(`${round}/${writer}`)
          return nodes[writer % 2]!.write('page', { name: 'a', bytes, replaces })
        })
        const answers = await Promise.all(writes)
        const winners = [...answers.keys()].filter((writer) => answers[writer]?.isWritten)
        expect(winners).toHaveLength(1)
        const revision: string | null = answers[winners[0]!]!.revision
        expect(answers.map((answer) => answer.revision)).toEqual(answers.map(() => revision))
        expect(await textOf(nodes[round % 2]!, 'a')).toBe(`${round}/${winners[0]}`)
        replaces = revision
      }
    })

    it('[KPT4] have names of letters, digits and _ . / -, at most 200', async () => {
      await using fixture = await createFixture()
      const { blobs } = await fixture.open()
      for (const wrong of wrongNames) {
        const refusals = [
          blobs.read('page', wrong),
          blobs.write('page', { name: wrong, bytes: new Uint8Array(1), replaces: null }),
          blobs.remove('page', wrong),
        ]
        await Promise.all(refusals.map((refusal) => expect(refusal).rejects.toMatchObject({ code: 'INVALID_INPUT' })))
      }
      expect(await namesOf(blobs)).toEqual([])
      for (const right of rightNames) {
        expect(await blobs.read('page', right)).toBeUndefined()
        await keep(blobs, right, right)
      }
      for (const right of rightNames) expect(await textOf(blobs, right)).toBe(right)
      expect(await namesOf(blobs)).toEqual([...rightNames].sort())
    })

    it('[KPT5] are refused above their size, and above their number', async () => {
      await using fixture = await createFixture()
      const { blobs } = await fixture.open()
      const tooLarge = { name: 'a', bytes: new Uint8Array(maxBlobBytes + 1), replaces: null }
      await expect(blobs.write('page', tooLarge)).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
      expect(await blobs.read('page', 'a')).toBeUndefined()
      const names = Array.from({ length: maxBlobs }, (_, index) => `n${index}`)
      for (let start = 0; start < maxBlobs; start += 50)
        await Promise.all(names.slice(start, start + 50).map((each) => keep(blobs, each, 'x')))
      await expect(keep(blobs, 'more', 'x')).rejects.toMatchObject({ code: 'OVERLOADED' })
      expect(await blobs.read('page', 'more')).toBeUndefined()
      await keep(blobs, 'more', 'x', 'other')
      const replaces = (await blobs.read('page', 'n0'))?.revision ?? null
      expect(await blobs.write('page', { name: 'n0', bytes: new Uint8Array(0), replaces })).toMatchObject({
        isWritten: true,
      })
      await blobs.remove('page', 'n1')
      await keep(blobs, 'more', 'x')
      expect(await namesOf(blobs)).toHaveLength(maxBlobs)
    })

    it('[KPT6] are listed by the beginning of their names, in order of code units, without the bytes', async () => {
      await using fixture = await createFixture()
      const { blobs } = await fixture.open()
      const names = ['version/b', 'version/a', 'version_c', 'Version/d', 'version/-', 'version/a/1', 'v']
      for (const each of names) await keep(blobs, each, each)
      await keep(blobs, 'version/z', 'elsewhere', 'other')
      expect(await namesOf(blobs)).toEqual([...names].sort())
      expect(await namesOf(blobs, 'version/')).toEqual(['version/-', 'version/a', 'version/a/1', 'version/b'])
      for (const prefix of ['version%', 'version*', '[v]', 'w', 'ver sion'])
        expect(await namesOf(blobs, prefix)).toEqual([])
      const [info] = await blobs.list('page', 'version/a/')
      const { bytes, ...rest } = (await blobs.read('page', 'version/a/1')) ?? { bytes: undefined }
      expect([info, bytes?.byteLength]).toEqual([rest, info?.byteLength])
      expect(await namesOf(blobs, '', 'nowhere')).toEqual([])
    })

    it('[KPT7] are removed, with a revision only that one', async () => {
      await using fixture = await createFixture()
      const { blobs } = await fixture.open()
      expect(await blobs.remove('page', 'a')).toBe(false)
      const revision = await keep(blobs, 'a', 'one')
      expect(await blobs.remove('page', 'a', 'AAAAAAAAAAA')).toBe(false)
      expect(await textOf(blobs, 'a')).toBe('one')
      expect(await blobs.remove('page', 'a', revision)).toBe(true)
      expect([await blobs.read('page', 'a'), await namesOf(blobs)]).toEqual([undefined, []])
      expect(await blobs.remove('page', 'a', revision)).toBe(false)
      const gone = { name: 'a', bytes: new Uint8Array(1), replaces: revision }
      expect(await blobs.write('page', gone)).toEqual({ isWritten: false, revision: null })
      expect(await keep(blobs, 'a', 'two')).not.toBe(revision)
      expect(await blobs.remove('page', 'a')).toBe(true)
    })

    it('[KPT8] stay, whatever becomes of the history, and while nobody has the store open', async () => {
      await using fixture = await createFixture()
      const store = await fixture.open()
      const history = { maxEvents: 1, maxBytes: 10, ttlSeconds: 60 }
      await keep(store.blobs, 'a', 'kept')
      await appendAll(store.log, 'page', ['x', 'y'], { history })
      const [top] = await store.log.tails(['page'])
      if (top) await store.log.trim('page', top)
      for (let day = 0; day < 40; day++) {
        fixture.clock.advance(dayMs)
        await store.log.tails(['elsewhere'])
      }
      expect(await textOf(store.blobs, 'a')).toBe('kept')
      await store.close()
      const again = await fixture.open()
      expect(await textOf(again.blobs, 'a')).toBe('kept')
    })
  })
}
