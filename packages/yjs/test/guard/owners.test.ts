import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeOwners, encodeOwners } from '../../src/server/guard/owners-blob.ts'
import { mostIds, mostIdsForAll, mostIdsPerUser, Owners } from '../../src/server/guard/owners.ts'

const nothingKnown: ReadonlyMap<number, number> = new Map()
const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)

function claimed(owners: Owners, user: string, ids: Iterable<number>, known = nothingKnown): Owners {
  const claim = owners.claim(user, ids, known)
  if (claim.kind === 'refused') throw claim.error
  return claim.kind === 'held' ? owners : claim.owners
}

/** As many users as it takes, with `mostIdsPerUser` each, and one with the rest. */
function aFullTable(): Owners {
  const idsOf = new Map<string, number[]>()
  for (let from = 0; from < mostIds; from += mostIdsPerUser)
    idsOf.set(`user ${from}`, range(from, Math.min(mostIdsPerUser, mostIds - from)))
  return new Owners(idsOf)
}

describe('client ids belong to users', () => {
  it('[DOC70] gives an id to whoever claims it first, and to nobody else', () => {
    const owners = claimed(Owners.none, 'ada', [1, 2])
    expect(owners.claim('ada', [2, 1], nothingKnown)).toEqual({ kind: 'held' })
    expect(owners.claim('bob', [3, 2], nothingKnown)).toMatchObject({ kind: 'refused', error: { code: 'FORBIDDEN' } })
    expect(owners.ownerOf(3)).toBeUndefined()
    expect(claimed(owners, 'bob', [3]).ownerOf(3)).toBe('bob')
    expect(owners.ownerOf(3)).toBeUndefined()
  })

  it('[DOC70] gives an id to nobody under which somebody wrote whom the table does not name', () => {
    expect(Owners.none.claim('ada', [1], new Map([[1, 5]]))).toMatchObject({
      kind: 'refused',
      error: { code: 'FORBIDDEN' },
    })
  })

  it('[DOC71] keeps 1,000 ids of a user: the oldest that never wrote go first, then the oldest', () => {
    const wrote = new Map(range(0, 600).map((id) => [id, 1]))
    let owners = claimed(Owners.none, 'ada', range(0, mostIdsPerUser))
    owners = claimed(owners, 'ada', [2_000], wrote)
    expect(owners.idsOf.get('ada')).toHaveLength(mostIdsPerUser)
    expect(owners.ownerOf(600)).toBeUndefined()
    expect(owners.ownerOf(0)).toBe('ada')
    owners = claimed(owners, 'ada', range(3_000, 401), wrote)
    expect(owners.ownerOf(0)).toBeUndefined()
    expect(owners.ownerOf(1)).toBe('ada')
    expect(owners.claim('bob', [0], wrote)).toMatchObject({ kind: 'refused' })
    expect(owners.claim('bob', [600], wrote)).toMatchObject({ kind: 'claimed' })
  })

  it('[DOC71] refuses an update with more new ids than a user may have', () => {
    expect(Owners.none.claim('ada', range(0, mostIdsPerUser + 1), nothingKnown)).toMatchObject({ kind: 'refused' })
  })

  it('[DOC71] keeps 65,536 ids in all: whoever has most loses the oldest, and nobody who has few', () => {
    const before = claimed(
      new Owners(new Map([...aFullTable().idsOf, ['user 65000', range(65_000, 535)]])),
      'ada',
      [70_000],
    )
    expect(before.size).toBe(mostIds)
    const after = claimed(before, 'bob', [70_001])
    expect(after.size).toBe(mostIds)
    expect(after.ownerOf(0)).toBeUndefined()
    expect(after.ownerOf(70_000)).toBe('ada')
    expect(after.ownerOf(70_001)).toBe('bob')
  })

  it('[DOC76] gives nobody with 1,000 ids that wrote another one in a document with 16,384, and those who have fewer up to 1,000', () => {
    const wrote = new Map(range(0, mostIdsForAll).map((id) => [id, 1]))
    const owners = new Owners(
      new Map([
        ['ada', range(mostIdsForAll - mostIdsPerUser, mostIdsPerUser)],
        ['bob', range(0, 10)],
      ]),
    )
    const refused = { kind: 'refused', error: { code: 'PAYLOAD_TOO_LARGE' } }
    expect(owners.claim('ada', [20_000], wrote)).toMatchObject(refused)
    expect(owners.claim('ada', [mostIdsForAll - 1], wrote)).toEqual({ kind: 'held' })
    expect(owners.claim('bob', range(20_000, 990), wrote)).toMatchObject({ kind: 'claimed' })
    expect(owners.claim('bob', range(20_000, 991), wrote)).toMatchObject(refused)
    expect(owners.claim('carol', range(20_000, mostIdsPerUser), wrote)).toMatchObject({ kind: 'claimed' })
    const fewer = new Map([...wrote].slice(1))
    expect(owners.claim('ada', [20_000], fewer)).toMatchObject({ kind: 'claimed' })
  })

  it('[DOC72] reads back what it wrote', () => {
    const table = fc.dictionary(fc.string(), fc.uniqueArray(fc.nat(2 ** 31), { maxLength: 20 }), {
      noNullPrototype: true,
    })
    fc.assert(
      fc.property(table, (ids) => {
        let owners = Owners.none
        for (const [user, some] of Object.entries(ids)) {
          const free = some.filter((id) => owners.ownerOf(id) === undefined)
          owners = claimed(owners, user, free)
        }
        const read = decodeOwners(encodeOwners(owners))
        expect([...read.idsOf]).toEqual([...owners.idsOf])
      }),
    )
    expect(decodeOwners(encodeOwners(aFullTable())).size).toBe(mostIds)
  })

  it('[DOC72] refuses a table that is damaged', () => {
    const good = encodeOwners(claimed(claimed(Owners.none, 'ada', [1, 2]), 'bob', [3]))
    for (let length = 0; length < good.length; length++) expect(() => decodeOwners(good.subarray(0, length))).toThrow()
    for (const bytes of [
      [2, 0],
      [...good, 0],
      [1, 2, 1, 97, 1, 5, 1, 98, 1, 5],
      [1, 2, 1, 97, 0, 1, 97, 0],
      [1, 1, 1, 97, 255, 127],
    ])
      expect(() => decodeOwners(Uint8Array.from(bytes))).toThrow(/damaged|too early/)
  })
})
